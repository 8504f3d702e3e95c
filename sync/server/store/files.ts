import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sql } from './sql.ts';

export type SaveOutcome =
  | { outcome: 'saved'; bytes: number }
  | { outcome: 'too-large' }
  /** The bytes are not those the name promises. */
  | { outcome: 'other-content' };

/** Scans and other files of the centres, by their SHA-256; a centre finds only its own. */
export type FileStore = {
  find(centreId: number, sha256: string): Promise<{ bytes: number } | null>;
  save(file: { centreId: number; sha256: string; bytes: Readable; now: number }): Promise<SaveOutcome>;
};

const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** What was left half sent is removed after a day: until then another server of this folder may still receive it. */
export async function openFileStore(sql: Sql, folder: string, limitBytes: number): Promise<FileStore> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true });
  for (const name of await readdir(incoming)) {
    const part = await stat(join(incoming, name)).catch(() => null);
    if (part !== null && Date.now() - part.mtimeMs > ABANDONED_MS)
      await rm(join(incoming, name), { force: true });
  }
  const pathOf = (centreId: number, sha256: string): string =>
    join(folder, 'files', String(centreId), sha256.slice(0, 2), sha256);

  return {
    find: async (centreId, sha256) => {
      const rows = await sql.query<{ bytes: number }>(
        'select bytes from file where centre_id = $1 and sha256 = $2',
        [centreId, sha256],
      );
      const row = rows[0];
      if (row === undefined) return null;
      const onDisk = await stat(pathOf(centreId, sha256)).catch(() => null);
      return onDisk?.size === row.bytes ? { bytes: row.bytes } : null;
    },
    save: async ({ centreId, sha256, bytes, now }) => {
      const part = join(incoming, randomUUID());
      try {
        const received = await receive(bytes, part, limitBytes);
        if (received.outcome === 'too-large') return received;
        if (received.sha256 !== sha256) return { outcome: 'other-content' };
        await moveSafely(part, pathOf(centreId, sha256));
        await sql.query(
          `insert into file (centre_id, sha256, bytes, stored_at) values ($1, $2, $3, $4)
           on conflict (centre_id, sha256) do update set bytes = excluded.bytes`,
          [centreId, sha256, received.bytes, now],
        );
        return { outcome: 'saved', bytes: received.bytes };
      } finally {
        await rm(part, { force: true });
      }
    },
  };
}

type Received = { outcome: 'received'; sha256: string; bytes: number } | { outcome: 'too-large' };

async function receive(bytes: Readable, path: string, limitBytes: number): Promise<Received> {
  const hash = createHash('sha256');
  let count = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      if (count > limitBytes) return done(new TooLarge());
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(bytes, measure, createWriteStream(path, { flush: true }));
    return { outcome: 'received', sha256: hash.digest('hex'), bytes: count };
  } catch (error) {
    if (error instanceof TooLarge) return { outcome: 'too-large' };
    throw error;
  }
}

class TooLarge extends Error {}

/** The name is on the disk too when this resolves; a folder cannot be synced on Windows. */
async function moveSafely(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  if (process.platform === 'win32') return;
  const folder = await open(dirname(to), 'r');
  await folder.sync().finally(() => folder.close());
}
