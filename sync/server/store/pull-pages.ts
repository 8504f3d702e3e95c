import type { CaseEvent, EventStatus } from '#model/case-event';
import type { EventAck } from '#protocol/pull';
import { toCentralEvent } from './chain.ts';
import type { Query } from './sql.ts';
import { COUNTRY, getStream } from './streams.ts';

export type PullAsk = { since: number; bytes: number };

/** `null`: the reader is ahead of this stream, so it has read another one. */
export type PulledPage<Doc> = {
  since: number;
  cursor: number;
  head: number;
  more: boolean;
  docs: Doc[];
} | null;

type Row = { seq: number };

type EventRow = Row & {
  device_id: string;
  n: number;
  status: EventStatus;
  code: string | null;
  event: CaseEvent;
  taken: boolean;
  chain: string;
};

/** A page of the dense stream, with the chain at its end. The device's own events come as receipts. */
export async function pullEvents(
  query: Query,
  ask: PullAsk & { centreId: number; device: string; full: boolean },
): Promise<(NonNullable<PulledPage<unknown>> & { chain: string }) | null> {
  const { centreId, since, bytes } = ask;
  const { head } = await getStream(query, centreId, 'events');
  if (since > head) return null;
  const rows = await readEventRows(query, { centreId, since, upTo: head, limit: toRowLimit(bytes, 100) });
  const isOwn = (row: EventRow): boolean => row.device_id === ask.device && row.taken && !ask.full;
  const { docs, last } = fill(rows, bytes, (row) =>
    isOwn(row) ? toAck(row) : toCentralEvent(row.event, row.seq, row),
  );
  const cursor = last?.seq ?? since;
  const chain = last?.chain ?? (await getChain(query, centreId, since));
  return { since, cursor, head, more: cursor < head, docs, chain };
}

type Range = { centreId: number; since: number; upTo: number; limit: number };

/** Events of the stream in its order, as they are stored. */
export function readEventRows(query: Query, { centreId, since, upTo, limit }: Range): Promise<EventRow[]> {
  return query.query<EventRow>(
    `select seq, device_id, n, status, code, event, raw is null as taken, chain from event
      where centre_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
    [centreId, since, upTo, limit],
  );
}

/** Cases that stand in a part of their stream now. */
export function readCaseRows(
  query: Query,
  { centreId, since, upTo, limit }: Range,
): Promise<{ seq: number; doc: unknown }[]> {
  return query.query(
    'select seq, doc from case_doc where centre_id = $1 and seq > $2 and seq <= $3 order by seq limit $4',
    [centreId, since, upTo, limit],
  );
}

export async function pullCases(
  query: Query,
  { centreId, since, bytes }: PullAsk & { centreId: number },
): Promise<PulledPage<unknown>> {
  const limit = toRowLimit(bytes, 500);
  const found = await query.query<HeadAndRow<{ doc: unknown }>>(
    `select head, row.seq, doc from stream
       left join (select seq, doc from case_doc where centre_id = $1 and seq > $2 order by seq limit $3) row on true
      where centre_id = $1 and coll = 'cases' order by row.seq`,
    [centreId, since, limit],
  );
  return toStatePage({ since, bytes, limit }, found, ({ seq, doc }) => ({ seq, doc }));
}

/** What a page is read for: which documents, and what of them may be seen. */
export type DocAsk = PullAsk & { centreId: number; collection: string };

export async function pullDocs(
  query: Query,
  { centreId, collection, since, bytes }: DocAsk,
  toDoc: (row: { seq: number; body: unknown; deleted: boolean }) => unknown,
): Promise<PulledPage<unknown> | 'compacted'> {
  const owner = collection === 'services' || collection === 'reference' ? COUNTRY : centreId;
  const limit = toRowLimit(bytes, 250);
  const found = await query.query<{ min_seq: number } & HeadAndRow<{ body: unknown; deleted: boolean }>>(
    `select head, min_seq, row.seq, body, deleted from stream
       left join (select seq, body, deleted from doc
                   where centre_id = $1 and coll = $2 and seq > $3 order by seq limit $4) row on true
      where centre_id = $1 and coll = $2 order by row.seq`,
    [owner, collection, since, limit],
  );
  // Who has nothing of it misses nothing.
  if (since > 0 && since < (found[0]?.min_seq ?? 0)) return 'compacted';
  return toStatePage({ since, bytes, limit }, found, toDoc);
}

/**
 * Head and rows of a state stream, read in one statement; with no rows, one that has the head alone.
 *
 * Between two statements a push moves a row behind the head that was read: the page would lack it, and its
 * cursor pass it.
 */
type HeadAndRow<Doc> = { head: number } & ((Row & Doc) | { seq: null });

/** At the end of a state stream the cursor goes to the head: rows that were superseded are not there. */
function toStatePage<Doc>(
  { since, bytes, limit }: PullAsk & { limit: number },
  found: readonly HeadAndRow<Doc>[],
  toDoc: (row: Row & Doc) => unknown,
): PulledPage<unknown> {
  const head = found[0]?.head ?? 0;
  if (since > head) return null;
  const rows = found.flatMap(({ head: _, ...row }) => (row.seq === null ? [] : [row as Row & Doc]));
  const { docs, last } = fill(rows, bytes, toDoc);
  const isEnd = docs.length === rows.length && rows.length < limit;
  const cursor = isEnd ? head : (last?.seq ?? head);
  return { since, cursor, head, more: cursor < head, docs };
}

/** As many rows as fit, and one at least: a document above the budget must not end the stream. */
function fill<R, Doc>(
  rows: readonly R[],
  bytes: number,
  toDoc: (row: R) => Doc,
): { docs: Doc[]; last: R | undefined } {
  const docs: Doc[] = [];
  let used = 0;
  for (const row of rows) {
    const doc = toDoc(row);
    used += Buffer.byteLength(JSON.stringify(doc)) + 1;
    if (used > bytes && docs.length > 0) break;
    docs.push(doc);
  }
  return { docs, last: rows[docs.length - 1] };
}

/** More rows than this would hardly fit; some are read in vain where they are large. */
function toRowLimit(bytes: number, smallest: number): number {
  return Math.max(8, Math.min(2_000, Math.ceil(bytes / smallest)));
}

async function getChain(query: Query, centreId: number, seq: number): Promise<string> {
  const rows = await query.query<{ chain: string }>(
    'select chain from event where centre_id = $1 and seq = $2',
    [centreId, seq],
  );
  return rows[0]?.chain ?? '';
}

function toAck({ seq, n, device_id: device, status, code }: EventRow): EventAck {
  return { ack: true, seq, n, device, status, ...(code === null ? {} : { code }) };
}
