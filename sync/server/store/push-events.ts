import type { Case } from '#model/case';
import type { EventStatus } from '#model/case-event';
import type { PushResult } from '#protocol/push';
import { type CaseFold, isSound, openCaseFold, readServices } from './fold-cases.ts';
import { createGatherer } from './gather-work.ts';
import { isStorableText, type SentEvent, toStandIn } from './parse-event.ts';
import { type Query, type Sql, transact } from './sql.ts';
import { lockStream, type StreamState } from './streams.ts';
import { type Placed, writePush } from './write-push.ts';

export type Push = {
  centreId: number;
  device: string;
  /** In order of `n`, without a gap. */
  events: readonly SentEvent[];
  /** Of the device, of all of them; it has been looked at. */
  signature?: string | undefined;
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

/**
 * Takes events into the centre's stream. What was taken before is answered again.
 *
 * Pushes that meet each other share a transaction, and each is answered when it is committed.
 */
export function pushEvents(sql: Sql, push: Push): Promise<PushOutcome> {
  const gather = gatherers.get(sql) ?? openGatherer(sql);
  gatherers.set(sql, gather);
  return gather(push);
}

type Gather = (push: Push) => Promise<PushOutcome>;

/** Of each database that this process works on. */
const gatherers = new WeakMap<Sql, Gather>();

function openGatherer(sql: Sql): Gather {
  // Where there is one connection, a second transaction would only wait for the first.
  return createGatherer((pushes) => takeTogether(sql, pushes), { running: sql.pool ? 4 : 1, most: 6 });
}

/** In one transaction; where that comes to nothing, each in one of its own. */
async function takeTogether(sql: Sql, pushes: readonly Push[]): Promise<Promise<PushOutcome>[]> {
  const alone = () => pushes.map((push) => transact(sql, (query) => take(query, push)));
  if (pushes.length === 1) return alone();
  try {
    const outcomes = await sql.transaction((query) => takeAll(query, pushes));
    return outcomes.map((it) => Promise.resolve(it));
  } catch {
    return alone();
  }
}

/** Settled when none of them asks anything more: what came later would be outside of the transaction. */
async function takeAll(query: Query, pushes: readonly Push[]): Promise<PushOutcome[]> {
  const settled = await Promise.allSettled(pushes.map((push) => take(query, push)));
  return settled.map((it) => {
    if (it.status === 'rejected') throw it.reason;
    return it.value;
  });
}

/**
 * Takes the events of one push.
 *
 * Locks are taken in one order — device, events, cases — so there is no deadlock. The database is waited for twice,
 * however many events: a centre's stream is locked for as long.
 */
async function take(query: Query, push: Push): Promise<PushOutcome> {
  const { device, stream, touched } = await lockDesk(query, push);
  const mayPush = push.isOffered ? device.isKnown : !device.revoked;
  if (!mayPush) return { outcome: 'revoked' };
  const replayed = push.events.filter((it) => it.n <= device.lastN);
  const fresh = push.events.slice(replayed.length);
  if (fresh[0] !== undefined && fresh[0].n !== device.lastN + 1) {
    return { outcome: 'gap', expected: device.lastN + 1 };
  }
  const stored = await readStored(query, push, replayed);
  if (stored.outcome === 'number-reused') return stored;
  const results = [...stored.results, ...(await append(query, push, { stream, touched }, fresh))];
  const lastN = Math.max(device.lastN, fresh.at(-1)?.n ?? 0);
  return { outcome: 'taken', lastN, results };
}

type DeviceState = { lastN: number; revoked: boolean; isKnown: boolean };
type DeviceRow = { last_n: number; revoked_at: number | null };

type Locked = { device: DeviceState; stream: StreamState; touched: Touched };

/** The desk and its centre's stream, in this order, and what the events touch; a stream that is not there yet is made. */
async function lockDesk(query: Query, { centreId, device, events }: Push): Promise<Locked> {
  // They travel together: the second is looked at when the first has its locks.
  const [[row], touched] = await Promise.all([
    query.query<DeviceRow & StreamState>(
      `select last_n, revoked_at, head, chain from device join stream using (centre_id)
        where centre_id = $1 and device_id = $2 and coll = 'events' for update of device, stream`,
      [centreId, device],
    ),
    readTouched(query, centreId, events),
  ]);
  if (row !== undefined) {
    return { device: toDevice(row), stream: { head: row.head, chain: row.chain }, touched };
  }
  const [alone] = await query.query<DeviceRow>(
    'select last_n, revoked_at from device where centre_id = $1 and device_id = $2 for update',
    [centreId, device],
  );
  if (alone === undefined) {
    return { device: { lastN: 0, revoked: true, isKnown: false }, stream: { head: 0, chain: '' }, touched };
  }
  const stream = await lockStream(query, centreId, 'events');
  return { device: toDevice(alone), stream, touched: await readTouched(query, centreId, events) };
}

function toDevice({ last_n, revoked_at }: DeviceRow): DeviceState {
  return { lastN: last_n, revoked: revoked_at !== null, isKnown: true };
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

async function append(
  query: Query,
  push: Push,
  { stream, touched }: { stream: StreamState; touched: Touched },
  fresh: readonly SentEvent[],
): Promise<PushResult[]> {
  if (fresh.length === 0) return [];
  const { centreId, now } = push;
  const { taken, cases } = touched;
  const events = fresh.flatMap((it) => (it.outcome === 'event' ? [it.event] : []));
  const services = await readServices(query, events, cases);
  const judge = (isWary: boolean) => {
    const fold = openCaseFold({ centreId, cases, services, now, isWary });
    const ids = new Set(taken);
    const seqOf = (index: number): number => stream.head + index + 1;
    const placed = fresh.map((it, index) => place(it, { push, seq: seqOf(index), taken: ids, fold }));
    return { placed, cases: fold.changed() };
  };
  const judged = judge(false);
  const { placed, cases: changed } = judged.cases.every(isSound) ? judged : judge(true);
  writePush(query, push, stream, { placed, cases: changed });
  return placed.map((it, index) => toResult(it.event.n, stream.head + index + 1, it));
}

/** Which ids of events the stream has already, and the cases that they touch. */
type Touched = { taken: ReadonlySet<string>; cases: ReadonlyMap<string, Case> };

async function readTouched(query: Query, centreId: number, events: readonly SentEvent[]): Promise<Touched> {
  const ids = events.map(toId).filter((it) => it !== null);
  const caseIds = [...new Set(events.flatMap((it) => (it.outcome === 'event' ? [it.event.caseId] : [])))];
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
    return { event: sent.event, eventId: id, sent: sent.text, ...fold.apply(sent.event) };
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
  return { event, eventId: isFree ? id : null, sent: sent.text, isStandIn: true, status: 'rejected', code };
}

function toResult(
  n: number,
  seq: number,
  { status, code }: { status: EventStatus; code?: string | null | undefined },
): PushResult {
  return code == null ? { n, seq, status } : { n, seq, status, code };
}
