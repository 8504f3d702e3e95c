import type { ByteStore, FileKey } from './byte-store.ts';
import { openSnapshots, type Snapshots, type SnapshotWays } from './snapshots.ts';
import type { Query, Sql } from './sql.ts';
import { openUploads, type Uploads } from './uploads.ts';

/** Scans and other files of the centres, by their SHA-256; a centre finds only its own. */
export type FileStore = {
  /** `null` also where the database knows a file whose bytes are gone: it is taken again. */
  find(key: FileKey): Promise<{ bytes: number } | null>;
  /** Which of these a centre has not. */
  missing(centreId: number, sha256: readonly string[]): Promise<string[]>;
  uploads: Uploads;
  snapshots: Snapshots;
};

export function openFileStore(sql: Sql, bytes: ByteStore, snapshotWays: SnapshotWays = {}): FileStore {
  const find: FileStore['find'] = async (key) => {
    const rows = await sql.query<{ bytes: number }>(
      'select bytes from file where centre_id = $1 and sha256 = $2',
      [key.centreId, key.sha256],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return (await bytes.fileSize(key)) === row.bytes ? row : null;
  };
  const missing: FileStore['missing'] = async (centreId, sha256) => {
    const rows = await sql.query<{ sha256: string; bytes: number }>(
      'select sha256, bytes from file where centre_id = $1 and sha256 = any($2::text[])',
      [centreId, sha256],
    );
    const here = new Set<string>();
    for (const row of rows) {
      if ((await bytes.fileSize({ centreId, sha256: row.sha256 })) === row.bytes) here.add(row.sha256);
    }
    return sha256.filter((it) => !here.has(it));
  };
  return {
    find,
    missing,
    uploads: openUploads({ sql, bytes, find, count: (file) => countFile(sql, file) }),
    snapshots: openSnapshots({ sql, bytes }, snapshotWays),
  };
}

/** From now on the file is there. */
async function countFile(query: Query, file: FileKey & { bytes: number; now: number }): Promise<void> {
  await query.query(
    `insert into file (centre_id, sha256, bytes, stored_at) values ($1, $2, $3, $4)
     on conflict (centre_id, sha256) do update set bytes = excluded.bytes`,
    [file.centreId, file.sha256, file.bytes, file.now],
  );
}
