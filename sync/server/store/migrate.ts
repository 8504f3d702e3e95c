/// <reference types="vite/types/importMeta.d.ts" />
import { createHash, randomUUID } from 'node:crypto';
import { type Query, type Sql, sqlState, transact } from './sql.ts';

export type Migration = { number: number; name: string; text: string };

type Applied = { number: number; name: string; checksum: string; safe_for: number | null };

export type MigrateOutcome =
  | { outcome: 'migrated'; applied: string[] }
  /** A step that was applied here reads otherwise in this program. */
  | { outcome: 'changed'; name: string }
  /** The database has a step that this program does not know and may not work beside. */
  | { outcome: 'newer'; name: string };

const files: Record<string, string> = import.meta.glob('../migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every step this program knows, in order. */
export const MIGRATIONS: readonly Migration[] = Object.entries(files)
  .map(([path, text]) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { number: Number.parseInt(name, 10), name, text };
  })
  .sort((a, b) => a.number - b.number);

/**
 * Brings the database to the newest step, and gives it its epoch.
 *
 * Two servers may start at once: the table of steps is locked by the one that applies them. A step may say
 * `-- safe for: 0001`, the newest step that the oldest program knows which may still work after it.
 */
export async function migrate(sql: Sql, migrations = MIGRATIONS): Promise<MigrateOutcome> {
  await createStepTable(sql);
  return transact(sql, async (query) => {
    await query.query('lock table migration in access exclusive mode');
    await query.query('alter table migration add column if not exists safe_for int');
    const done = await readApplied(query);
    const fault = findFault(done, migrations);
    if (fault !== null) return fault;
    const applied = migrations.filter((it) => !done.some(({ name }) => name === it.name));
    for (const it of applied) await applyStep(query, it);
    await query.query('insert into meta values ($1, $2) on conflict do nothing', ['epoch', randomUUID()]);
    return { outcome: 'migrated', applied: applied.map((it) => it.name) };
  });
}

/** Whether every step of this program is applied, and none that it may not work beside. */
export async function isSchemaCurrent(query: Query, migrations = MIGRATIONS): Promise<boolean> {
  const done = await readApplied(query);
  return (
    findFault(done, migrations) === null &&
    migrations.every((it) => done.some(({ name }) => name === it.name))
  );
}

function readApplied(query: Query): Promise<Applied[]> {
  return query.query<Applied>('select number, name, checksum, safe_for from migration order by number');
}

function findFault(
  done: readonly Applied[],
  migrations: readonly Migration[],
): Exclude<MigrateOutcome, { outcome: 'migrated' }> | null {
  const newest = migrations.at(-1)?.number ?? 0;
  for (const { number, name, checksum, safe_for } of done) {
    const known = migrations.find((it) => it.name === name);
    if (known === undefined && (safe_for ?? number) > newest) return { outcome: 'newer', name };
    if (known !== undefined && toChecksum(known) !== checksum) return { outcome: 'changed', name };
  }
  return null;
}

/**
 * Names this life of the database: cursors of another mean nothing. It is made once, and by `renewEpoch`
 * where a backup is restored. No server keeps it: it is read with every request.
 */
export async function getEpoch(query: Query): Promise<string> {
  const rows = await query.query<{ value: string }>(`select value from meta where name = 'epoch'`);
  const epoch = rows[0]?.value;
  if (epoch === undefined) throw new Error('the database has no epoch');
  return epoch;
}

/** `create table if not exists` is not safe against another one at the same moment: 23505 or 42P07 come of it. */
async function createStepTable(sql: Sql): Promise<void> {
  const text = `create table if not exists migration
    (number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`;
  try {
    await sql.query(text);
  } catch (error) {
    if (!['23505', '42P07'].includes(sqlState(error) ?? '')) throw error;
  }
}

async function applyStep(query: Query, step: Migration): Promise<void> {
  for (const statement of toStatements(step.text)) await query.query(statement);
  await query.query('insert into migration (number, name, checksum, safe_for) values ($1, $2, $3, $4)', [
    step.number,
    step.name,
    toChecksum(step),
    toSafeFor(step),
  ]);
}

/** A statement ends with `;` at the end of a line; steps hold no functions. */
function toStatements(text: string): string[] {
  return text
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

function toSafeFor({ text, number }: Migration): number {
  return Number(/^-- safe for: (\d+)$/m.exec(text)?.[1] ?? number);
}

/** By which a step that was applied is known again. */
export function toChecksum({ text }: Migration): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}
