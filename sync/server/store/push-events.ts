import type { Case } from '#model/case';
import type { CaseEvent, CentralEvent, EventStatus } from '#model/case-event';
import { nextChain } from '#protocol/chain';
import type { PushResult } from '#protocol/push';
import { type CaseFold, openCaseFold } from './fold-cases.ts';
import { isStorableText, type SentEvent, toStandIn } from './parse-event.ts';
import { type Query, type Sql, toValues, transact } from './sql.ts';
import { lockStream, type StreamState } from './streams.ts';

export type Push = {
  centreId: number;
  device: string;
  /** In order of `n`, without a gap. */
  events: readonly SentEvent[];
  now: number;
  /** Another desk of the centre brings them: they were taken once, whatever became of their desk since. */
  isOffered?: true;
};

export type PushOutcome =
  | { outcome: 'taken'; lastN: number; results: PushResult[] }
  | { outcome: 'gap'; expected: number }
  | { outcome: 'revoked' }
  /** Another event was stored under this number: two computers run one desk's data, a cloned disk. */
  | { outcome: 'number-reused'; n: number };

type Placed = { event: CaseEvent; eventId: string | null; raw: unknown; status: EventStatus; code?: string };

/**
 * Takes events into the centre's stream, in one transaction. What was taken before is answered again.
 *
 * Locks are taken in one order — device, events, cases — so there is no deadlock.
 */
export function pushEvents(sql: Sql, push: Push): Promise<PushOutcome> {
  return transact(sql, async (query) => {
    const device = await lockDevice(query, push);
    const mayPush = push.isOffered ? device.isKnown : !device.revoked;
    if (!mayPush) return { outcome: 'revoked' };
    const replayed = push.events.filter((it) => it.n <= device.lastN);
    const fresh = push.events.slice(replayed.length);
    if (fresh[0] !== undefined && fresh[0].n !== device.lastN + 1) {
      return { outcome: 'gap', expected: device.lastN + 1 };
    }
    const stored = await readStored(query, push, replayed);
    if (stored.outcome === 'number-reused') return stored;
    const results = [...stored.results, ...(await append(query, push, fresh))];
    const lastN = Math.max(device.lastN, fresh.at(-1)?.n ?? 0);
    return { outcome: 'taken', lastN, results };
  });
}

async function lockDevice(
  query: Query,
  { centreId, device }: Push,
): Promise<{ lastN: number; revoked: boolean; isKnown: boolean }> {
  const rows = await query.query<{ last_n: number; revoked_at: number | null }>(
    'select last_n, revoked_at from device where centre_id = $1 and device_id = $2 for update',
    [centreId, device],
  );
  const row = rows[0];
  return row === undefined
    ? { lastN: 0, revoked: true, isKnown: false }
    : { lastN: row.last_n, revoked: row.revoked_at !== null, isKnown: true };
}

type StoredRow = {
  n: number;
  seq: number;
  status: EventStatus;
  code: string | null;
  event_id: string | null;
};

async function readStored(
  query: Query,
  { centreId, device }: Push,
  replayed: readonly SentEvent[],
): Promise<{ outcome: 'stored'; results: PushResult[] } | { outcome: 'number-reused'; n: number }> {
  const first = replayed[0];
  const last = replayed.at(-1);
  if (first === undefined || last === undefined) return { outcome: 'stored', results: [] };
  const rows = await query.query<StoredRow>(
    `select n, seq, status, code, event_id from event
      where centre_id = $1 and device_id = $2 and n between $3 and $4 order by n`,
    [centreId, device, first.n, last.n],
  );
  const other = rows.find((row, index) => isOther(row, replayed[index]));
  if (other !== undefined) return { outcome: 'number-reused', n: other.n };
  return { outcome: 'stored', results: rows.map((it) => toResult(it.n, it.seq, it)) };
}

function isOther(row: StoredRow, sent: SentEvent | undefined): boolean {
  return sent?.outcome === 'event' && row.event_id !== null && sent.event.id !== row.event_id;
}

async function append(query: Query, push: Push, fresh: readonly SentEvent[]): Promise<PushResult[]> {
  if (fresh.length === 0) return [];
  const { centreId, now } = push;
  const stream = await lockStream(query, centreId, 'events');
  const events = fresh.flatMap((it) => (it.outcome === 'event' ? [it.event] : []));
  const { taken, cases } = await readTouched(query, centreId, fresh);
  const fold = await openCaseFold(query, { centreId, events, cases, now });
  const placed = fresh.map((it, index) => place(it, { push, seq: stream.head + index + 1, taken, fold }));
  await insertEvents(query, push, stream, placed);
  await fold.save();
  return placed.map((it, index) => toResult(it.event.n, stream.head + index + 1, it));
}

/** Which of these ids the stream has already, and the cases that they touch: one question, one round trip. */
async function readTouched(
  query: Query,
  centreId: number,
  fresh: readonly SentEvent[],
): Promise<{ taken: Set<string>; cases: Map<string, Case> }> {
  const ids = fresh.map(toId).filter((it) => it !== null);
  const caseIds = [...new Set(fresh.flatMap((it) => (it.outcome === 'event' ? [it.event.caseId] : [])))];
  const rows = await query.query<{ event_id: string | null; case_id: string | null; doc: Case }>(
    `select event_id, null as case_id, null::json as doc from event where centre_id = $1 and event_id = any($2::text[])
      union all
     select null, case_id, doc from case_doc where centre_id = $1 and case_id = any($3::text[])`,
    [centreId, ids, caseIds],
  );
  return {
    taken: new Set(rows.flatMap((it) => (it.event_id === null ? [] : [it.event_id]))),
    cases: new Map(rows.flatMap((it) => (it.case_id === null ? [] : [[it.case_id, it.doc] as const]))),
  };
}

function toId(sent: SentEvent): string | null {
  return sent.outcome === 'event' ? sent.event.id : sent.id;
}

/** An id stands once in a stream: readers keep events by it, and would count one too few. */
function place(
  sent: SentEvent,
  { push, seq, taken, fold }: { push: Push; seq: number; taken: Set<string>; fold: CaseFold },
): Placed {
  const id = toId(sent);
  const isFree = id !== null && !taken.has(id);
  if (isFree) taken.add(id);
  if (sent.outcome === 'event' && isFree) {
    return { event: sent.event, eventId: id, raw: undefined, ...fold.apply(sent.event) };
  }
  const fallback = `rejected-${push.centreId}-${seq}`;
  const from = sent.outcome === 'event' ? sent.event : (sent.raw as { by?: unknown } | null);
  const event = toStandIn({
    id: isFree ? id : fallback,
    caseId: (sent.outcome === 'event' ? sent.event.caseId : sent.caseId) ?? fallback,
    device: push.device,
    n: sent.n,
    by: isStorableText(from?.by) ? from.by : '',
  });
  const code = sent.outcome === 'event' ? 'id-taken' : sent.code;
  const raw = sent.outcome === 'event' ? sent.event : sent.raw;
  return { event, eventId: isFree ? id : null, raw, status: 'rejected', code };
}

async function insertEvents(
  query: Query,
  { centreId, device, now, isOffered }: Push,
  stream: StreamState,
  placed: readonly Placed[],
): Promise<void> {
  let { head, chain } = stream;
  const rows = placed.map(({ event, eventId, raw, status, code }) => {
    head += 1;
    chain = Buffer.from(
      nextChain(Buffer.from(chain, 'base64'), toCentralEvent(event, head, { status, code })),
    ).toString('base64');
    const json = [JSON.stringify(event), raw === undefined ? null : JSON.stringify(raw)];
    return [
      centreId,
      head,
      device,
      event.n,
      eventId,
      event.caseId,
      status,
      code ?? null,
      ...json,
      chain,
      now,
    ];
  });
  const lastN = placed.at(-1)?.event.n ?? 0;
  // Whoever offers a desk's events is not that desk.
  const first = [centreId, head, chain, device, lastN, isOffered ? null : now];
  const { text, values } = toValues(rows, COLUMN_CASTS, first.length + 1);
  await query.query(
    `with moved as (update stream set head = $2, chain = $3 where centre_id = $1 and coll = 'events'),
          told as (update device set last_n = $5, last_contact_at = coalesce($6, last_contact_at)
                    where centre_id = $1 and device_id = $4)
     insert into event (centre_id, seq, device_id, n, event_id, case_id, status, code, event, raw, chain, received_at)
     values ${text}`,
    [...first, ...values],
  );
}

const COLUMN_CASTS = [
  '::int',
  '::bigint',
  '',
  '::bigint',
  '',
  '',
  '',
  '',
  '::json',
  '::json',
  '',
  '::bigint',
];

/** The event as it stands in the stream: what is hashed, and what is pulled. */
export function toCentralEvent(
  event: CaseEvent,
  seq: number,
  { status, code }: { status: EventStatus; code?: string | null | undefined },
): CentralEvent {
  return code == null ? { ...event, seq, status } : { ...event, seq, status, code };
}

function toResult(
  n: number,
  seq: number,
  { status, code }: { status: EventStatus; code?: string | null | undefined },
): PushResult {
  return code == null ? { n, seq, status } : { n, seq, status, code };
}
