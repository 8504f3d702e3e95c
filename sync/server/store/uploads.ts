import { createHash } from 'node:crypto';
import type { ByteStore, FileKey } from './byte-store.ts';
import type { Sql } from './sql.ts';

/** An upload that nobody finished is kept this long: a desk may be without a line for weeks. */
export const UPLOAD_DAYS = 30;
const UPLOAD_MS = UPLOAD_DAYS * 24 * 60 * 60_000;
/** Each cut leaves one behind. Beyond, only the hash of the whole file proves the oldest. */
const MOST_PROMISES = 50;

/** What a request said of the bytes it carries; proved when the last of them is here. */
type ChunkPromise = { from: number; to: number; sha256: string };

export type Upload = { sha256: string; bytes: number; received: number; createdAt: number };

export type UploadName = { centreId: number; uploadId: string };

export type FindOutcome =
  | { outcome: 'found'; upload: Upload }
  | { outcome: 'absent' }
  | { outcome: 'expired' };

export type ReceiveOutcome =
  | { outcome: 'received'; received: number }
  /** A chunk is not what it promised to be; `received` is what is left. */
  | { outcome: 'other-chunk'; received: number }
  /** All of it is here and is not the file: nothing of it is left, and it can be sent again. */
  | { outcome: 'other-file' }
  | { outcome: 'absent' };

/** Files on their way. Who calls has the lease of the upload. */
export type Uploads = {
  /** `known`: the file is there already, and so all of the upload. */
  create(upload: UploadName & { sha256: string; bytes: number; now: number }): Promise<{ isKnown: boolean }>;
  find(name: UploadName, now: number): Promise<FindOutcome>;
  /** Takes bytes behind those that are here; `chunk` is what their sender promises. Rejects when the source breaks. */
  receive(ask: UploadName & ReceiveAsk): Promise<ReceiveOutcome>;
  remove(name: UploadName): Promise<void>;
  /** How many were too old. */
  removeExpired(now: number): Promise<number>;
};

type ReceiveAsk = {
  from: number;
  chunk: { bytes: number; sha256: string } | null;
  source: AsyncIterable<Uint8Array>;
  now: number;
};

type Row = { sha256: string; bytes: number; promises: ChunkPromise[]; created_at: number };

type Parts = {
  sql: Sql;
  bytes: ByteStore;
  find(key: FileKey): Promise<{ bytes: number } | null>;
  count(file: FileKey & { bytes: number; now: number }): Promise<void>;
};

/**
 * The rows of uploads, over a store of bytes.
 *
 * What is received is what the store holds, so a cut or a kill in the middle of a chunk loses none of it; what the
 * chunk promised is in the row since before its first byte, and proved when its last one is here.
 */
export function openUploads({ sql, bytes, find, count }: Parts): Uploads {
  async function read({ centreId, uploadId }: UploadName): Promise<Row | null> {
    const rows = await sql.query<Row>(
      'select sha256, bytes, promises, created_at from upload where centre_id = $1 and upload_id = $2',
      [centreId, uploadId],
    );
    return rows[0] ?? null;
  }

  async function promise({ centreId, uploadId }: UploadName, promises: ChunkPromise[]): Promise<void> {
    await sql.query('update upload set promises = $3 where centre_id = $1 and upload_id = $2', [
      centreId,
      uploadId,
      JSON.stringify(promises.slice(-MOST_PROMISES)),
    ]);
  }

  async function remove({ centreId, uploadId }: UploadName): Promise<void> {
    // In this order: bytes without a row would stay for ever.
    await bytes.dropPart(uploadId);
    await sql.query('delete from upload where centre_id = $1 and upload_id = $2', [centreId, uploadId]);
  }

  /** Proves what can be proved by now, and makes a file of a whole. */
  async function settle(name: UploadName, row: Row, now: number): Promise<ReceiveOutcome> {
    const key = { centreId: name.centreId, sha256: row.sha256 };
    if ((await find(key))?.bytes === row.bytes) {
      await bytes.dropPart(name.uploadId);
      return { outcome: 'received', received: row.bytes };
    }
    const proved = await prove(name, row);
    if (proved.outcome === 'other-chunk') return proved;
    if (proved.received === row.bytes) {
      if ((await hashOf(bytes.readPart(name.uploadId, 0, row.bytes))) !== row.sha256) {
        await remove(name);
        return { outcome: 'other-file' };
      }
      await bytes.keep(name.uploadId, key);
    } else if (proved.received > 0 || !(await isMoved(key, row))) return proved;
    await count({ ...key, bytes: row.bytes, now });
    return { outcome: 'received', received: row.bytes };
  }

  /** In its place and not counted: the power was cut between the two. */
  async function isMoved(key: FileKey, row: Row): Promise<boolean> {
    if ((await bytes.fileSize(key)) !== row.bytes) return false;
    return (await hashOf(bytes.readFile(key))) === row.sha256;
  }

  async function prove(
    name: UploadName,
    row: Row,
  ): Promise<Extract<ReceiveOutcome, { outcome: 'received' | 'other-chunk' }>> {
    const received = Math.min(await bytes.partSize(name.uploadId), row.bytes);
    const due = row.promises.filter((it) => it.to <= received);
    for (const it of due) {
      if ((await hashOf(bytes.readPart(name.uploadId, it.from, it.to))) === it.sha256) continue;
      await bytes.cutPart(name.uploadId, it.from);
      const left = row.promises.filter((other) => other.from < it.from && other.to > it.from);
      await promise(name, left);
      return { outcome: 'other-chunk', received: it.from };
    }
    if (due.length > 0) {
      await promise(
        name,
        row.promises.filter((it) => !due.includes(it)),
      );
    }
    return { outcome: 'received', received };
  }

  return {
    remove,

    async create({ centreId, uploadId, sha256, bytes: size, now }) {
      await sql.query(
        `insert into upload (centre_id, upload_id, sha256, bytes, promises, created_at)
         values ($1, $2, $3, $4, '[]', $5)`,
        [centreId, uploadId, sha256, size, now],
      );
      const known = await find({ centreId, sha256 });
      return { isKnown: known?.bytes === size };
    },

    async find(name, now) {
      const row = await read(name);
      if (row === null) return { outcome: 'absent' };
      if (row.created_at + UPLOAD_MS < now) return { outcome: 'expired' };
      const settled = await settle(name, row, now);
      if (settled.outcome === 'other-file' || settled.outcome === 'absent') return { outcome: 'absent' };
      const { sha256, bytes: size, created_at: createdAt } = row;
      return { outcome: 'found', upload: { sha256, bytes: size, received: settled.received, createdAt } };
    },

    async receive({ from, chunk, source, now, ...name }) {
      const row = await read(name);
      if (row === null) return { outcome: 'absent' };
      const promises = [...row.promises];
      if (chunk !== null) {
        promises.push({ from, to: from + chunk.bytes, sha256: chunk.sha256 });
        await promise(name, promises);
      }
      await bytes.append(name.uploadId, from, source);
      return settle(name, { ...row, promises }, now);
    },

    async removeExpired(now) {
      const old = await sql.query<{ centre_id: number; upload_id: string }>(
        'select centre_id, upload_id from upload where created_at < $1',
        [now - UPLOAD_MS],
      );
      for (const it of old) await remove({ centreId: it.centre_id, uploadId: it.upload_id });
      return old.length;
    },
  };
}

async function hashOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of source) hash.update(bytes);
  return hash.digest('hex');
}
