-- An older program would let no desk in by these tokens: none may work beside this step.
-- key: the public half of a desk's own Ed25519 key, as base64url. A desk of before has none; it keeps the token that it was
-- given once, until it is enrolled again.
alter table device add column key text;
-- erase: sent away for good; it is to give up the keys of its data.
alter table device add column erase boolean not null default false;
create unique index device_key on device (key);
create index device_by_id on device (device_id);

-- What desks prove themselves with, each for a while; only digests. nonce_hash: of the challenge that it was given for.
create table device_token (
  token_hash text primary key,
  centre_id int not null,
  device_id text not null,
  expires_at bigint not null,
  nonce_hash text unique
);

create index device_token_device on device_token (centre_id, device_id);

insert into device_token (token_hash, centre_id, device_id, expires_at)
select token_hash, centre_id, device_id, 9007199254740991 from device;

alter table device drop column token_hash;

-- A desk's signature of its events from_n to to_n, as they were sent: see toStatement.
create table statement (
  centre_id int,
  device_id text,
  to_n bigint,
  from_n bigint,
  signature text not null,
  received_at bigint not null,
  primary key (centre_id, device_id, to_n, from_n)
);
