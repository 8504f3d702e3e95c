import type { CaseEvent, EventStatus } from '#model/case-event';
import { linkEvents } from '../store/chain.ts';
import type { Query } from '../store/sql.ts';

const AT_ONCE = 2_000;

/** What is wrong in a centre's stream, by a code; `seq` is where. */
export type StreamFault = { code: 'hole' | 'altered' | 'head'; seq: number };
export type StreamAudit = { head: number; chain: string; faults: StreamFault[] };

type Row = { seq: number; status: EventStatus; code: string | null; event: CaseEvent; chain: string };

/**
 * Reads a centre's events from the first to the last and links them anew: whether none is missing, and each stands as it
 * was when those behind it came. After an altered one it goes on from what is stored, to find others.
 */
export async function auditStream(query: Query, centreId: number): Promise<StreamAudit> {
  const faults: StreamFault[] = [];
  let last = { head: 0, chain: '' };
  for (;;) {
    const rows = await query.query<Row>(
      `select seq, status, code, event, chain from event where centre_id = $1 and seq > $2 order by seq limit $3`,
      [centreId, last.head, AT_ONCE],
    );
    for (const row of rows) {
      if (row.seq !== last.head + 1) faults.push({ code: 'hole', seq: last.head + 1 });
      const [link] = linkEvents({ head: row.seq - 1, chain: last.chain }, [row]);
      if (link?.chain !== row.chain) faults.push({ code: 'altered', seq: row.seq });
      last = { head: row.seq, chain: row.chain };
    }
    if (rows.length < AT_ONCE) break;
  }
  const [stream] = await query.query<{ head: number; chain: string }>(
    `select head, chain from stream where centre_id = $1 and coll = 'events'`,
    [centreId],
  );
  const isEnd = (stream?.head ?? 0) === last.head && (stream?.chain ?? '') === last.chain;
  if (!isEnd) faults.push({ code: 'head', seq: last.head });
  return { ...last, faults };
}
