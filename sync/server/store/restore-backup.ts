import {
  type BackupHeader,
  type BackupRow,
  type BackupTable,
  readBackup,
  verifyBackup,
} from './backup-file.ts';
import { MIGRATIONS, migrate, toChecksum } from './migrate.ts';
import { renewEpoch } from './restored.ts';
import { type Query, type Sql, toValues } from './sql.ts';
import { readTables } from './write-backup.ts';

const ROWS_AN_INSERT = 100;

export type RestoreOutcome =
  | { outcome: 'restored'; rows: number; epoch: string; header: BackupHeader }
  | { outcome: 'no-file' | 'no-backup' | 'damaged' }
  /** It was made by a program that has a step which this one has not. */
  | { outcome: 'newer'; name: string }
  /** Something is there already; nothing was touched. */
  | { outcome: 'not-empty'; table: string };

/**
 * Fills an empty database from a backup, whole or not at all.
 *
 * It begins another life: what was answered after the backup was made is not in it, so it gets a new epoch, by which
 * every desk reads it from the start and sends from its journal what is missing.
 */
export async function restoreBackup(sql: Sql, path: string, now: number): Promise<RestoreOutcome> {
  const verified = await verifyBackup(path);
  if (verified.outcome !== 'good') return verified;
  const { header, rows } = verified;
  const unknown = header.steps.find(
    (step) => !MIGRATIONS.some((it) => it.name === step.name && toChecksum(it) === step.checksum),
  );
  if (unknown !== undefined) return { outcome: 'newer', name: unknown.name };
  const filled = await findFilled(sql);
  if (filled !== null) return { outcome: 'not-empty', table: filled };
  await migrate(
    sql,
    MIGRATIONS.filter((it) => header.steps.some(({ name }) => name === it.name)),
  );
  const epoch = await sql.transaction(async (query) => {
    await query.query('set local idle_in_transaction_session_timeout = 0');
    await query.query('delete from meta');
    await fill(query, path);
    return renewEpoch(query, now);
  });
  await migrate(sql);
  return { outcome: 'restored', rows, epoch, header };
}

/** `meta` has its epoch as soon as there are tables. */
async function findFilled(sql: Sql): Promise<string | null> {
  for (const { table } of await readTables(sql)) {
    if (table === 'meta') continue;
    const rows = await sql.query(`select 1 from "${table}" limit 1`);
    if (rows.length > 0) return table;
  }
  return null;
}

async function fill(query: Query, path: string): Promise<void> {
  let table: BackupTable | null = null;
  let rows: BackupRow[] = [];
  const flush = async (): Promise<void> => {
    if (table !== null && rows.length > 0) await insert(query, table, rows);
    rows = [];
  };
  for await (const it of readBackup(path)) {
    if (Array.isArray(it)) {
      rows.push(it);
      if (rows.length >= ROWS_AN_INSERT) await flush();
    } else {
      await flush();
      table = it;
    }
  }
  await flush();
}

async function insert(query: Query, { table, columns }: BackupTable, rows: BackupRow[]): Promise<void> {
  const { text, values } = toValues(
    rows,
    columns.map(([, type]) => `::text::${type}`),
  );
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  await query.query(`insert into "${table}" (${names}) values ${text}`, values);
}
