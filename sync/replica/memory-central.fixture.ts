import type { Case } from '#model/case';
import type { CaseEvent, CentralEvent } from '#model/case-event';
import { ruleOf } from '#model/field-rules';
import { projectCase } from '#model/project-case';
import type { Answered, Central, Failure } from '#protocol/central';
import { nextChain } from '#protocol/chain';
import type { Collection, Heads } from '#protocol/collection';
import type { OfferAnswer, OfferAsk } from '#protocol/offer';
import type { PushAnswer, PushAsk, PushResult } from '#protocol/push';
import { toRowsHash } from '#protocol/rows-hash';
import type { VerifyAnswer, VerifyAsk } from '#protocol/verify';
import { encodeBase64 } from './check-page.ts';
import type { FileOutbox, Journal, JournalRecord, ReplicaPorts } from './ports.ts';

type StateDoc = { seq: number; id: string; doc: object };

/** A central server in memory: its rules, the real reducer, and a line that tests can cut. */
export function createMemoryCentral(options: { pageDocs?: number; now?: () => number } = {}) {
  const pageDocs = options.pageDocs ?? 3;
  const now = options.now ?? Date.now;
  const it = {
    epoch: 'epoch-1',
    events: [] as CentralEvent[],
    chains: [new Uint8Array()] as Uint8Array[],
    states: { cases: [], services: [], reference: [], staff: [] } as Record<string, StateDoc[]>,
    heads: { events: 0, cases: 0, services: 0, reference: 0, staff: 0 } as Required<Heads>,
    lastN: new Map<string, number>(),
    /** Asked before each request; a failure is answered instead. */
    before: (_name: string, _ask: unknown): Failure | undefined => undefined,
    /** Asked after the work is done: a failure here is a lost response. */
    after: (_name: string, _ask: unknown): Failure | undefined => undefined,
    /** May alter what is answered. */
    alter: <T>(_name: string, answer: T): T => answer,
    /** Of a restored server: where its older copy ended. */
    restored: null as { since: number } | null,
    asked: [] as string[],
    put(collection: Exclude<Collection, 'events' | 'cases'>, doc: { id: string }) {
      putState(collection, doc.id, doc);
    },
    restoreFrom(events: readonly CentralEvent[], epoch: string) {
      it.epoch = epoch;
      it.events = [];
      it.chains = [new Uint8Array()];
      it.states.cases = [];
      it.heads = { ...it.heads, events: 0, cases: 0 };
      it.lastN = new Map();
      for (const event of events) take(event);
    },
    caseOf(id: string): Case | undefined {
      return it.states.cases?.find((row) => row.id === id)?.doc as Case | undefined;
    },
    forDevice,
  };

  function putState(collection: Exclude<Collection, 'events'>, id: string, doc: object): void {
    it.heads[collection] += 1;
    const rest = (it.states[collection] ?? []).filter((row) => row.id !== id);
    it.states[collection] = [...rest, { seq: it.heads[collection], id, doc }];
  }

  function take(event: CaseEvent): PushResult {
    const before = it.caseOf(event.caseId) ?? null;
    const made = projectCase(before, event, { centreId: 13, ruleOf: (path) => ruleOf(null, path) });
    it.heads.events += 1;
    const { n } = event;
    const code = made.code === undefined ? {} : { code: made.code };
    const central = { ...event, seq: it.heads.events, status: made.status, ...code } as CentralEvent;
    it.events.push(central);
    it.chains.push(nextChain(it.chains.at(-1) ?? new Uint8Array(), central));
    it.lastN.set(event.device, n);
    if (made.case !== null) putState('cases', event.caseId, made.case);
    return { n, seq: it.heads.events, status: made.status, ...code };
  }

  function push({ device, epoch, from, events }: PushAsk): Answered<PushAnswer> {
    if (epoch !== it.epoch) return { outcome: 'refused', code: 'must-refetch', reason: 'epoch' };
    const last = it.lastN.get(device) ?? 0;
    if (from > last + 1) return { outcome: 'refused', code: 'gap', expected: last + 1 };
    const results = events.map((event) => {
      const known = it.events.find((e) => e.device === device && e.n === event.n);
      if (known === undefined) return take(event);
      const { n, seq, status, code } = known;
      return { n, seq, status, ...(code === undefined ? {} : { code }) };
    });
    return answer({ lastN: it.lastN.get(device) ?? 0, results, heads: { ...it.heads } });
  }

  function offer({ since, chain, events }: OfferAsk): Answered<OfferAnswer> {
    const isSame =
      since === it.restored?.since && chain === encodeBase64(it.chains[since] ?? new Uint8Array());
    if (!isSame) return { outcome: 'refused', code: 'not-allowed' };
    const fresh = events.filter((event) => {
      if (event.n !== (it.lastN.get(event.device) ?? 0) + 1) return false;
      const { seq: _, status: __, code: ___, ...plain } = event;
      take(plain as never);
      return true;
    });
    return answer({ taken: fresh.length });
  }

  function verify(ask: VerifyAsk): VerifyAnswer {
    if (ask.collection !== 'events') {
      const rows = (it.states[ask.collection] ?? []).map(({ seq, id }) => ({ seq, id }));
      if (it.heads[ask.collection] !== ask.cursor) return { ok: true, upTo: 0 };
      return toRowsHash(rows) === ask.rows ? { ok: true, upTo: ask.cursor } : { ok: false, lastGood: 0 };
    }
    const chainAt = (seq: number) => encodeBase64(it.chains[seq] ?? new Uint8Array());
    const bad = ask.points.findIndex((point) => chainAt(point.seq) !== point.chain);
    const good = ask.points[bad < 0 ? ask.points.length - 1 : bad - 1]?.seq ?? 0;
    return bad < 0 ? { ok: true, upTo: good } : { ok: false, lastGood: good };
  }

  function pullEvents(device: string, since: number, full: boolean) {
    const page = it.events.slice(since, since + pageDocs);
    const docs = page.map((event) => {
      if (event.device !== device || full) return structuredClone(event);
      const { seq, n, status, code } = event;
      return { ack: true as const, seq, n, device, status, ...(code === undefined ? {} : { code }) };
    });
    const cursor = since + docs.length;
    const head = it.heads.events;
    const chain = encodeBase64(it.chains[cursor] ?? new Uint8Array());
    return { epoch: it.epoch, since, cursor, head, more: cursor < head, docs, chain };
  }

  function pullStates(collection: string, since: number) {
    const newer = (it.states[collection] ?? []).filter((row) => row.seq > since);
    const rows = newer.sort((a, b) => a.seq - b.seq).slice(0, pageDocs);
    const head = it.heads[collection as Collection];
    const more = newer.length > rows.length;
    const cursor = more ? (rows.at(-1)?.seq ?? head) : head;
    const docs = rows.map(({ seq, doc }) => ({ seq, doc: structuredClone(doc) }));
    return { epoch: it.epoch, since, cursor, head, more, docs };
  }

  async function run<T>(name: string, ask: unknown, work: () => Answered<T>): Promise<Answered<T>> {
    it.asked.push(name);
    await Promise.resolve();
    const refused = it.before(name, ask);
    if (refused !== undefined) return refused;
    const made = work();
    const lost = it.after(name, ask);
    return lost ?? (made.outcome === 'ok' ? answer(it.alter(name, made.answer)) : made);
  }

  function forDevice(device: string): Central {
    return {
      hello: (ask) =>
        run('hello', ask, () =>
          answer({
            epoch: it.epoch,
            serverTime: now(),
            protocol: { min: 1, max: 1 },
            limits: { bodyBytes: 262_144, events: 500, fileBytes: 20_000_000 },
            heads: { ...it.heads },
            ...(it.restored === null ? {} : { restored: it.restored }),
            lastN: it.lastN.get(device) ?? 0,
          }),
        ),
      push: (ask) => run('push', ask, () => push(ask)),
      pull: (ask) =>
        run(`pull ${ask.collection}`, ask, () =>
          answer(
            (ask.collection === 'events'
              ? pullEvents(device, ask.since, ask.full === true)
              : pullStates(ask.collection, ask.since)) as never,
          ),
        ),
      verify: (ask) => run('verify', ask, () => answer(verify(ask))),
      offer: (ask) => run('offer', ask, () => offer(ask)),
      syncReport: () => run('report', null, () => answer({ asOf: now(), rows: [] })),
    };
  }
  return it;
}

function answer<T>(it: T): Answered<T> {
  return { outcome: 'ok', answer: it };
}

/** A disk that outlives the replica: what a crash leaves is what was written. */
export function createMemoryDisk() {
  const records: JournalRecord[] = [];
  const counts = new Map<string, number>();
  let acknowledged = 0;
  let usedUp = 0;
  /** As the station does it: numbers that were acknowledged are used up. */
  const lastN = () => Math.max(records.at(-1)?.n ?? 0, acknowledged, usedUp);
  const journal: Journal = {
    async append(payload) {
      const n = lastN() + 1;
      records.push({ n, payload });
      return { outcome: 'saved', n };
    },
    async read(from, maxBytes) {
      const found: JournalRecord[] = [];
      let bytes = 0;
      for (const record of records.filter((it) => it.n >= from)) {
        if (found.length > 0 && bytes > maxBytes) break;
        found.push(record);
        bytes += record.payload.length;
      }
      return found;
    },
    async acknowledge(upTo) {
      acknowledged = Math.max(acknowledged, upTo);
    },
    async goOnAfter(n) {
      usedUp = Math.max(usedUp, n);
    },
    async state() {
      const unsent = records.filter((it) => it.n > acknowledged);
      return {
        first: records.length === 0 ? 0 : 1,
        last: lastN(),
        acknowledged,
        unsentBytes: unsent.reduce((sum, it) => sum + it.payload.length, 0),
        freeDiskBytes: null,
      };
    },
  };
  /** The folder as it was when it held this many records. */
  function putBack(many: number): void {
    records.length = many;
    acknowledged = Math.min(acknowledged, records.at(-1)?.n ?? 0);
    usedUp = 0;
  }
  const queued = new Set<string>();
  const sent = new Set<string>();
  const discarded = new Set<string>();
  const files: FileOutbox = {
    async queue(sha256) {
      queued.add(sha256);
      return { outcome: 'queued' };
    },
    centreIs: async () => ({ outcome: 'noted' }),
    async discard(sha256) {
      if (queued.has(sha256)) return { outcome: 'needed' };
      discarded.add(sha256);
      return { outcome: 'discarded' };
    },
    waiting: async () => ({ count: queued.size - sent.size, bytes: 0 }),
    async send() {
      const sha256 = [...queued].find((it) => !sent.has(it));
      if (sha256 === undefined) return { outcome: 'none-waiting' };
      sent.add(sha256);
      return { outcome: 'sent', sha256 };
    },
  };
  const nextCount: ReplicaPorts['nextCount'] = async (name) => {
    const value = (counts.get(name) ?? 0) + 1;
    counts.set(name, value);
    return { outcome: 'given', value };
  };
  return { records, putBack, counts, journal, files, queued, discarded, nextCount };
}
