-- safe for: 0001
-- A file on its way. How much of it is here says the store of its bytes; what it promised and has not
-- proved yet is in `promises`, as a list of {from, to, sha256}. Finished ones stay until they expire:
-- whoever did not hear the last answer asks again.
create table upload (
  centre_id int,
  upload_id text,
  sha256 text not null,
  bytes bigint not null,
  promises json not null,
  created_at bigint not null,
  primary key (centre_id, upload_id)
) with (fillfactor = 50);

-- Who works on an upload, until when by the database's clock. An instance that was killed loses it by time.
create table upload_lease (
  centre_id int,
  upload_id text,
  holder text not null,
  until bigint not null,
  is_wanted boolean not null default false,
  primary key (centre_id, upload_id)
) with (fillfactor = 50);
