import { toCanonicalJson } from '#protocol/chain';
import { type Query, type Sql, toValues } from '../../../sync/server/store/sql.ts';
import type { SimTables } from './sim-tables.ts';
import type { Asked, SqlStep } from './sql-log.ts';

type Row = Record<string, unknown>;

/** Asks a real database the same, in the same order; says where it answers otherwise. */
export async function replayLog(
  sql: Sql,
  steps: readonly SqlStep[],
): Promise<{ asked: number; other: string[] }> {
  const told = { asked: 0, other: [] as string[] };
  const ask = async (query: Query, { text, values, rows }: Asked): Promise<void> => {
    const real = (await query.query<Row>(text, values)) as Row[];
    told.asked += 1;
    const fault = findOther(text, real, rows as Row[]);
    if (fault !== null) told.other.push(fault);
  };
  for (const step of steps) {
    if (step.kind === 'tables') await putTables(sql, step.tables);
    else if (step.kind === 'alone') await ask(sql, step.asked);
    else {
      await sql.transaction(async (query) => {
        for (const it of step.asked) await ask(query, it);
      });
    }
  }
  return told;
}

/** The simulated rows may have more columns than were asked for, and rows where none were. */
function findOther(text: string, real: readonly Row[], simulated: readonly Row[]): string | null {
  if (!/^\s*(select|with recursive)|returning/i.test(text)) return null;
  const columns = Object.keys(real[0] ?? {});
  const plain = (row: Row): string => toCanonicalJson(columns.map((it) => row[it] ?? null));
  const inOrder = (rows: readonly Row[]): string[] => {
    const all = rows.map(plain);
    return /order by/i.test(text) ? all : all.sort();
  };
  const [ours, theirs] = [inOrder(simulated), inOrder(real)];
  if (toCanonicalJson(ours) === toCanonicalJson(theirs)) return null;
  return `${text.replace(/\s+/g, ' ').trim()}\n  real: ${theirs.join(' ')}\n  simulated: ${ours.join(' ')}`;
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  meta: ['name', 'value'],
  stream: ['centre_id', 'coll', 'head', 'chain', 'min_seq'],
  centre: ['centre_id', 'parent_id', 'number_prefix', 'is_partner'],
  device: [
    'centre_id',
    'device_id',
    'desk',
    'desk_number',
    'number_prefix',
    'last_n',
    'enrolled_at',
    'revoked_at',
    'quiet_at',
  ],
  event: [
    'centre_id',
    'seq',
    'device_id',
    'n',
    'event_id',
    'case_id',
    'status',
    'code',
    'event',
    'raw',
    'chain',
    'received_at',
  ],
  case_doc: ['centre_id', 'case_id', 'seq', 'doc', 'offered_by'],
  doc: ['centre_id', 'coll', 'id', 'seq', 'body', 'deleted'],
  upload: ['centre_id', 'upload_id', 'sha256', 'bytes', 'promises', 'created_at'],
  file: ['centre_id', 'sha256', 'bytes', 'stored_at'],
  snapshot: ['centre_id', 'coll', 'sha256', 'epoch', 'as_of', 'rows', 'bytes', 'chain', 'made_at'],
  stream_mark: ['centre_id', 'coll', 'at', 'seq'],
};
const JSON_COLUMNS = new Set(['event', 'raw', 'doc', 'offered_by', 'body', 'promises']);

async function putTables(sql: Sql, tables: SimTables): Promise<void> {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    await sql.query(`delete from ${table}`);
    for (const [at, [key, row]] of [...(tables[table] ?? [])].entries()) {
      const whole: Row = { ...fromKey(table, key), ...invented(table, key, at), ...row };
      const casts = columns.map((it) => (JSON_COLUMNS.has(it) ? '::json' : ''));
      const values = columns.map((it) => toColumn(it, whole[it]));
      const { text, values: all } = toValues([values], casts);
      await sql.query(`insert into ${table} (${columns.join(',')}) values ${text}`, all);
    }
  }
}

function toColumn(column: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return JSON_COLUMNS.has(column) ? JSON.stringify(value) : value;
}

/** What the simulated rows have in their keys alone. */
function fromKey(table: string, key: string): Row {
  const [centre, second = '', ...rest] = key.split('/');
  const centreId = Number(centre);
  if (table === 'upload') return { centre_id: centreId, upload_id: second };
  if (table === 'doc') return { centre_id: centreId, coll: second, id: rest.join('/') };
  return { centre_id: centreId };
}

/** Columns that no statement here reads. */
function invented(table: string, key: string, at: number): Row {
  return table === 'device' ? { desk: key, desk_number: at, number_prefix: key, enrolled_at: 0 } : {};
}
