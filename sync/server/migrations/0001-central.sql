-- centre_id leads every key, so that a centre can move to another shard whole. Times are epoch ms.
-- Documents are json and not jsonb: jsonb refuses U+0000, and what a scanner typed must not wedge a desk.
-- No statement may look into them: functions on json refuse it too.

create table meta (
  name text primary key,
  value text not null
);

create table centre (
  centre_id int primary key,
  parent_id int,
  number_prefix text not null
);

-- One row per stream; locked until commit by whoever gives its numbers, which keeps them dense.
create table stream (
  centre_id int,
  coll text,
  head bigint not null default 0,
  chain text not null default '',
  primary key (centre_id, coll)
) with (fillfactor = 50);

create table device (
  centre_id int,
  device_id text,
  desk text not null,
  desk_number int not null,
  number_prefix text not null,
  token_hash text not null unique,
  last_n bigint not null default 0,
  enrolled_at bigint not null,
  last_contact_at bigint,
  last_full_sync_at bigint,
  clock_drift_ms bigint,
  state json,
  revoked_at bigint,
  primary key (centre_id, device_id),
  unique (number_prefix, desk_number)
) with (fillfactor = 50);

-- raw: what was sent, where event holds a stand-in because it could not be taken as an event.
create table event (
  centre_id int,
  seq bigint,
  device_id text not null,
  n bigint not null,
  event_id text,
  case_id text,
  status text not null,
  code text,
  event json not null,
  raw json,
  chain text not null,
  received_at bigint not null,
  primary key (centre_id, seq),
  unique (centre_id, device_id, n),
  unique (centre_id, event_id)
);

create index event_case on event (centre_id, case_id, seq);

-- offered_by: the device of each value that waits to be looked at; null where nothing does.
create table case_doc (
  centre_id int,
  case_id text,
  seq bigint not null,
  doc json not null,
  offered_by json,
  primary key (centre_id, case_id)
);

create unique index case_doc_seq on case_doc (centre_id, seq);

create table doc (
  centre_id int,
  coll text,
  id text,
  seq bigint not null,
  body json not null,
  deleted boolean not null default false,
  primary key (centre_id, coll, id)
);

create unique index doc_seq on doc (centre_id, coll, seq);

create table file (
  centre_id int,
  sha256 text,
  bytes bigint not null,
  stored_at bigint not null,
  primary key (centre_id, sha256)
);

create table enrolment_code (
  code_hash text primary key,
  centre_id int not null,
  expires_at bigint not null,
  used_at bigint
);
