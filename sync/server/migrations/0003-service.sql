-- safe for: 0001
-- Any number of servers work on one database, so nothing that they must agree on is kept in the memory of one.

-- reusable: the codes of a demonstration, good for any number of uses by a server that runs as one.
alter table enrolment_code add column reusable boolean not null default false;

-- asker: a digest of the address that typed wrong codes in the minute from window_from on.
create table enrolment_failure (
  window_from bigint,
  asker text,
  failures int not null,
  primary key (window_from, asker)
);
