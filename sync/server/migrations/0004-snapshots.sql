-- safe for: 0001
-- A stream as it stood at `as_of`, packed in a file that is never changed; its bytes lie in the folder of the files.
-- One of another epoch is not served.
create table snapshot (
  centre_id int,
  coll text,
  sha256 text,
  epoch text not null,
  as_of bigint not null,
  rows bigint not null,
  bytes bigint not null,
  chain text not null,
  made_at bigint not null,
  primary key (centre_id, coll, sha256)
);

-- A reader whose cursor is behind it may have missed a document that is gone, and begins anew.
alter table stream add column min_seq bigint not null default 0;

-- Where a stream stood when: tells which of its documents were taken away longer ago than any station may stay away.
create table stream_mark (
  centre_id int,
  coll text,
  at bigint,
  seq bigint not null,
  primary key (centre_id, coll, at)
);
