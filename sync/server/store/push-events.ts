import type { CaseEvent, EventStatus } from '#model/case-event';
import type { PushResult } from '#protocol/push';
import { type CaseFold, isSound, openCaseFold, type Verdict } from './fold-cases.ts';
import { createGatherer } from './gather-work.ts';
import { type Bounds, judgePerson } from './judge-person.ts';
import { type KnownServices, openKnownServices } from './known-services.ts';
import { isStorableText, type PersonCode, type SentEvent, toStandIn } from './parse-event.ts';
import { readTouched, type Touched, toEventId } from './read-touched.ts';
import { mayHaveBeenLost } from './restored.ts';
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
  const services = openKnownServices();
  return createGatherer((pushes) => takeTogether(sql, pushes, services), {
    running: sql.pool ? 4 : 1,
    most: 6,
  });
}

/** In one transaction; where that comes to nothing, each in one of its own. */
async function takeTogether(
  sql: Sql,
  pushes: readonly Push[],
  services: KnownServices,
): Promise<Promise<PushOutcome>[]> {
  const alone = () => pushes.map((push) => transact(sql, (query) => take(query, push, services)));
  if (pushes.length === 1) return alone();
  try {
    const outcomes = await sql.transaction((query) => takeAll(query, pushes, services));
    return outcomes.map((it) => Promise.resolve(it));
  } catch {
    return alone();
  }
}

/** Settled when none of them asks anything more: what came later would be outside of the transaction. */
async function takeAll(
  query: Query,
  pushes: readonly Push[],
  services: KnownServices,
): Promise<PushOutcome[]> {
  const settled = await Promise.allSettled(pushes.map((push) => take(query, push, services)));
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
async function take(query: Query, push: Push, services: KnownServices): Promise<PushOutcome> {
  const locked = await lockDesk(query, push);
  const { device } = locked;
  const mayPush = push.isOffered ? device.isKnown : !device.revoked;
  if (!mayPush) return { outcome: 'revoked' };
  const replayed = push.events.filter((it) => it.n <= device.lastN);
  const fresh = push.events.slice(replayed.length);
  if (fresh[0] !== undefined && fresh[0].n !== device.lastN + 1) {
    return { outcome: 'gap', expected: device.lastN + 1 };
  }
  const stored = await readStored(query, push, replayed);
  if (stored.outcome === 'number-reused') return stored;
  const results = [...stored.results, ...(await append(query, push, { ...locked, services }, fresh))];
  const lastN = Math.max(device.lastN, fresh.at(-1)?.n ?? 0);
  return { outcome: 'taken', lastN, results };
}

type DeviceState = { lastN: number; revoked: boolean; isKnown: boolean } & Omit<Bounds, 'now'>;
type DeviceRow = {
  last_n: number;
  revoked_at: number | null;
  enrolled_at: number;
  quiet_at: number | null;
};

type Locked = { device: DeviceState; stream: StreamState; touched: Touched };

/** The desk and its centre's stream, in this order, and what the events touch; a stream that is not there yet is made. */
async function lockDesk(query: Query, { centreId, device, events }: Push): Promise<Locked> {
  // They travel together: the second is looked at when the first has its locks.
  const [[row], touched] = await Promise.all([
    query.query<DeviceRow & StreamState>(
      `select last_n, revoked_at, enrolled_at, quiet_at, head, chain from device join stream using (centre_id)
        where centre_id = $1 and device_id = $2 and coll = 'events' for update of device, stream`,
      [centreId, device],
    ),
    readTouched(query, centreId, events),
  ]);
  if (row !== undefined) {
    return { device: toDevice(row), stream: { head: row.head, chain: row.chain }, touched };
  }
  const [alone] = await query.query<DeviceRow>(
    'select last_n, revoked_at, enrolled_at, quiet_at from device where centre_id = $1 and device_id = $2 for update',
    [centreId, device],
  );
  if (alone === undefined) {
    const device = { lastN: 0, revoked: true, isKnown: false, enrolledAt: 0, quietAt: null };
    return { device, stream: { head: 0, chain: '' }, touched };
  }
  const stream = await lockStream(query, centreId, 'events');
  return { device: toDevice(alone), stream, touched: await readTouched(query, centreId, events) };
}

function toDevice({ last_n, revoked_at, enrolled_at, quiet_at }: DeviceRow): DeviceState {
  return {
    lastN: last_n,
    revoked: revoked_at !== null,
    isKnown: true,
    enrolledAt: enrolled_at,
    quietAt: quiet_at,
  };
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
  { device, stream, touched, services: known }: Locked & { services: KnownServices },
  fresh: readonly SentEvent[],
): Promise<PushResult[]> {
  if (fresh.length === 0) return [];
  const { centreId, now } = push;
  const { taken, cases, catalogue } = touched;
  const events = fresh.flatMap((it) => (it.outcome === 'event' ? [it.event] : []));
  const services = await known.read(query, catalogue, events, cases);
  const placeAll = (isWary: boolean) => {
    const fold = openCaseFold({ centreId, cases, services, now, isWary });
    const ids = new Set(taken);
    const seqOf = (index: number): number => stream.head + index + 1;
    // What is offered was judged when it first came: by people of then, whom a restored copy may not know.
    const isJudged = (at: number): boolean =>
      !push.isOffered && !mayHaveBeenLost(at, touched.restoredAt, now);
    const codeOf = (event: CaseEvent): PersonCode | null =>
      isJudged(event.at) ? judgePerson(event, fold.serviceOf(event), touched, { ...device, now }) : null;
    const placed = fresh.map((it, index) => place(it, { push, seq: seqOf(index), taken: ids, fold, codeOf }));
    return { placed, cases: fold.changed() };
  };
  const judged = placeAll(false);
  const { placed, cases: changed } = judged.cases.every(isSound) ? judged : placeAll(true);
  writePush(query, push, stream, { placed, cases: changed });
  return placed.map((it, index) => toResult(it.event.n, stream.head + index + 1, it));
}

type PlaceParts = {
  push: Push;
  seq: number;
  taken: Set<string>;
  fold: CaseFold;
  /** Why its people may not do this, if they may not. */
  codeOf(event: CaseEvent): PersonCode | null;
};

function judge(
  { event, judged }: Extract<SentEvent, { outcome: 'event' }>,
  fold: CaseFold,
  codeOf: PlaceParts['codeOf'],
): Verdict {
  const code = judged ?? codeOf(event);
  return code === null ? fold.apply(event) : { status: 'rejected', code };
}

/** An id stands once in a stream: readers keep events by it, and would count one too few. */
function place(sent: SentEvent, { push, seq, taken, fold, codeOf }: PlaceParts): Placed {
  const id = toEventId(sent);
  const isFree = id !== null && !taken.has(id);
  if (isFree) taken.add(id);
  if (sent.outcome === 'event' && isFree) {
    return { event: sent.event, eventId: id, sent: sent.text, ...judge(sent, fold, codeOf) };
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
