import { randomUUID } from 'node:crypto';
import type { Query } from './sql.ts';

/** For so long after a restore the stations may bring back what the copy lacks. */
const OFFERS_FOR_MS = 30 * 86_400_000;

/**
 * Names a new life of the database, in the transaction that puts back an older copy.
 *
 * Where each centre's events end in that copy is kept: stations rewind to it, and offer what they hold past it.
 * Of two restores soon after each other the earlier end counts: a station may have seen neither.
 */
export async function renewEpoch(query: Query, now: number): Promise<string> {
  const epoch = randomUUID();
  const before = await query.query<{ value: string }>(`select value from meta where name = 'restored_at'`);
  if (!isOpen(before[0]?.value, now)) await query.query(`delete from meta where name like 'restored/%'`);
  await query.query(
    `insert into meta (name, value)
     select 'restored/' || centre_id, cast(head as text) from stream where coll = 'events'
     on conflict (name) do nothing`,
  );
  const text = `insert into meta values ($1, $2) on conflict (name) do update set value = excluded.value`;
  await query.query(text, ['restored_at', String(now)]);
  await query.query(text, ['epoch', epoch]);
  return epoch;
}

/** Where the copy that was put back ended for a centre; `null` when none was, or long ago. */
export async function findRestoredEnd(
  query: Query,
  centreId: number,
  now: number,
): Promise<{ since: number; chain: string } | null> {
  const end = `restored/${centreId}`;
  const rows = await query.query<{ name: string; value: string }>(
    `select name, value from meta where name in ('restored_at', $1)`,
    [end],
  );
  const found = (name: string): string | undefined => rows.find((it) => it.name === name)?.value;
  if (!isOpen(found('restored_at'), now)) return null;
  const since = Number(found(end) ?? 0);
  const last = await query.query<{ chain: string }>(
    'select chain from event where centre_id = $1 and seq = $2',
    [centreId, since],
  );
  return { since, chain: last[0]?.chain ?? '' };
}

/**
 * Whether an event may have been taken once, and lost: its author may be somebody whom the copy does not know yet.
 * In those days a station is trusted with what it says of the time before, as with what it offers.
 */
export function mayHaveBeenLost(at: number, restoredAt: number | null, now: number): boolean {
  return restoredAt !== null && at < restoredAt && isOpen(restoredAt, now);
}

function isOpen(restoredAt: string | number | undefined, now: number): boolean {
  return now - Number(restoredAt ?? Number.NaN) < OFFERS_FOR_MS;
}
