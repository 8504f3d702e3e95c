-- An older program would ask nobody for a right: none may work beside this step.
-- What people are known by, as a PHC string of argon2id; in no stream, no log and no answer but to a station of the centre.
-- A row stands with each centre in whose staff the person is. is_demo: its PIN is shown, and counts for a demonstration alone.
create table credential (
  centre_id int,
  staff_id text,
  kind text,
  hash text not null,
  is_demo boolean not null default false,
  changed_at bigint not null,
  primary key (centre_id, staff_id, kind)
);

-- who: `person:<id>`, also of nobody that there is, or `device:<id>`. Counted over all servers of one database.
create table sign_in_failure (
  centre_id int,
  who text,
  failures int not null,
  last_at bigint not null,
  primary key (centre_id, who)
);

-- A partner's people have no more than a partner's rights.
alter table centre add column is_partner boolean not null default false;

-- When the desk last said that nothing waited at it: what it sends after that was done after that.
alter table device add column quiet_at bigint;
