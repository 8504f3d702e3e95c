import { randomUUID } from 'node:crypto';
import type { Query } from './sql.ts';

/** For so long after a restore the stations may bring back what the copy lacks. */
const OFFERS_FOR_MS = 30 * 86_400_000;

/**
 * Names a new life of the database, for whoever put back an older copy; before the server starts.
 *
 * Stations rewind to it, and offer what they hold and it has lost.
 */
export async function renewEpoch(query: Query, now: number): Promise<void> {
  const text = `insert into meta values ($1, $2) on conflict (name) do update set value = excluded.value`;
  await query.query(text, ['restored_at', String(now)]);
  await query.query(text, ['epoch', randomUUID()]);
}

/** Where the copy that was put back ended for a centre; `null` when none was, or long ago. */
export async function findRestoredEnd(
  query: Query,
  centreId: number,
  now: number,
): Promise<{ since: number; chain: string } | null> {
  const [meta] = await query.query<{ value: string }>(`select value from meta where name = 'restored_at'`);
  const restoredAt = Number(meta?.value ?? Number.NaN);
  if (!(now - restoredAt < OFFERS_FOR_MS)) return null;
  const rows = await query.query<{ seq: number; chain: string }>(
    `select seq, chain from event where centre_id = $1 and received_at < $2 order by seq desc limit 1`,
    [centreId, restoredAt],
  );
  return { since: rows[0]?.seq ?? 0, chain: rows[0]?.chain ?? '' };
}
