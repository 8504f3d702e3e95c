import { type Query, type Sql, transact } from './sql.ts';

/** So long a station may stay away and still be told what was taken away meanwhile; then it reads anew. */
const KEPT_MS = 90 * 86_400_000;

/**
 * Drops what only says that a document is gone, once every station that comes has heard of it or begins anew.
 *
 * Events are never dropped, and cases never go. Run once a day: each run notes where the streams stand, and what stood
 * there longer ago than the horizon is known by an earlier note. Answers how many went.
 */
export function compact(sql: Sql, now: number, keptMs = KEPT_MS): Promise<number> {
  return transact(sql, async (query) => {
    await query.query(
      `insert into stream_mark (centre_id, coll, at, seq)
       select centre_id, coll, $1, head from stream where coll not in ('events', 'cases')
       on conflict do nothing`,
      [now],
    );
    const gone = await dropGone(query, now - keptMs);
    await query.query(
      `delete from stream_mark m where exists (select 1 from stream_mark n
         where n.centre_id = m.centre_id and n.coll = m.coll and n.at > m.at and n.at <= $1)`,
      [now - keptMs],
    );
    return gone;
  });
}

async function dropGone(query: Query, horizon: number): Promise<number> {
  const rows = await query.query<{ gone: number }>(
    `with mark as (
       select centre_id, coll, max(seq) as seq from stream_mark where at <= $1 group by centre_id, coll
     ), dropped as (
       delete from doc d using mark m
        where d.centre_id = m.centre_id and d.coll = m.coll and d.deleted and d.seq <= m.seq
       returning d.centre_id, d.coll, d.seq
     ), moved as (
       update stream s set min_seq = greatest(s.min_seq, t.seq)
         from (select centre_id, coll, max(seq) as seq from dropped group by centre_id, coll) t
        where s.centre_id = t.centre_id and s.coll = t.coll
     )
     select count(*)::bigint as gone from dropped`,
    [horizon],
  );
  return rows[0]?.gone ?? 0;
}

const DAY_MS = 86_400_000;

/** Once when the server starts and once a day; of several servers each does it, and finds little to do. */
export function startDailyCompaction(sql: Sql, now: () => number): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = (): void => {
    // Without the database there is nothing to drop either; tomorrow is another day.
    running = running.then(() => compact(sql, now())).catch(() => 0);
  };
  run();
  const timer = setInterval(run, DAY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
