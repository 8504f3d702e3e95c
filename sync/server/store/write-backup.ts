import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { BACKUP_FORMAT, type BackupHeader, type BackupTable } from './backup-file.ts';
import { getEpoch } from './migrate.ts';
import type { Query, Sql } from './sql.ts';

const ROWS_A_FETCH = 200;

/** What the steps themselves put there. */
const NOT_COPIED = ['migration'];

export type WriteOutcome =
  | { outcome: 'written'; rows: number; header: BackupHeader }
  | { outcome: 'exists' }
  /** The file could not be made; nothing of it is left. */
  | { outcome: 'not-written'; code: string };

/** What a disk says; other errors are the database's. */
const OF_THE_DISK = ['EACCES', 'EDQUOT', 'EIO', 'EISDIR', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'];

/**
 * Writes everything that the database held at one moment; others go on writing meanwhile.
 *
 * The file appears under its name when it is whole and on the disk. An existing one is never replaced.
 */
export async function writeBackup(sql: Sql, path: string, now: number): Promise<WriteOutcome> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    const written = await sql.transaction(async (query) => {
      await query.query('set transaction isolation level repeatable read, read only');
      // A slow disk makes pauses between the statements.
      await query.query('set local idle_in_transaction_session_timeout = 0');
      const header = await readHeader(query, now);
      const counted = { rows: 0 };
      const lines = Readable.from(toLines(query, header, counted), { objectMode: false });
      await pipeline(lines, createGzip({ level: 6 }), createWriteStream(part, { flush: true, mode: 0o600 }));
      return { rows: counted.rows, header };
    });
    await link(part, path);
    return { outcome: 'written', ...written };
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (code === 'EEXIST') return { outcome: 'exists' };
    if (OF_THE_DISK.includes(code)) return { outcome: 'not-written', code };
    throw error;
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
}

async function readHeader(query: Query, now: number): Promise<BackupHeader> {
  const steps = await query.query<{ name: string; checksum: string }>(
    'select name, checksum from migration order by number',
  );
  const files = await query.query<{ count: number; bytes: number }>(
    'select count(*)::bigint as count, coalesce(sum(bytes), 0)::bigint as bytes from file',
  );
  return {
    format: BACKUP_FORMAT,
    what: 'darcha-central backup',
    madeAt: now,
    epoch: await getEpoch(query),
    steps,
    files: files[0] ?? { count: 0, bytes: 0 },
  };
}

async function* toLines(
  query: Query,
  header: BackupHeader,
  counted: { rows: number },
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const seal = (text: string): string => {
    hash.update(text);
    return text;
  };
  yield seal(`${JSON.stringify(header)}\n`);
  for (const table of await readTables(query)) {
    yield seal(`${JSON.stringify(table)}\n`);
    for await (const rows of readRows(query, table)) {
      counted.rows += rows.length;
      yield seal(rows.map((it) => `${JSON.stringify(Object.values(it))}\n`).join(''));
    }
  }
  yield `${JSON.stringify({ end: true, rows: counted.rows, sha256: hash.digest('hex') })}\n`;
}

/** Every table of ours, also those of later steps: none can be forgotten here. */
export async function readTables(query: Query): Promise<BackupTable[]> {
  const columns = await query.query<{ table: string; name: string; type: string }>(
    `select c.table_name::text as table, c.column_name::text as name, c.data_type::text as type
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
      where table_schema = current_schema() and t.table_type = 'BASE TABLE'
      order by c.table_name, c.ordinal_position`,
  );
  const tables = new Map<string, [string, string][]>();
  for (const { table, name, type } of columns)
    tables.set(table, [...(tables.get(table) ?? []), [name, type]]);
  return [...tables]
    .filter(([table]) => !NOT_COPIED.includes(table))
    .map(([table, its]) => ({ table, columns: its }));
}

async function* readRows(
  query: Query,
  { table, columns }: BackupTable,
): AsyncGenerator<Record<string, string | null>[]> {
  const list = columns.map(([name], index) => `"${name}"::text as c${index}`).join(', ');
  await query.query(`declare copied no scroll cursor for select ${list} from "${table}"`);
  for (;;) {
    const rows = await query.query<Record<string, string | null>>(`fetch ${ROWS_A_FETCH} from copied`);
    if (rows.length === 0) break;
    yield rows;
  }
  await query.query('close copied');
}
