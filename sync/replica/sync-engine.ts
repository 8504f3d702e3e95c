import type { Case } from '#model/case';
import type { CaseEvent, EventStatus } from '#model/case-event';
import type { HybridClock } from '#model/hybrid-clock';
import type { Heads } from '#protocol/collection';
import type { HelloAnswer } from '#protocol/hello';
import { toBelieved } from './believed-time.ts';
import { countBytes, createByteBudget } from './byte-budget.ts';
import type { CaseSearch } from './case-search.ts';
import type { Catalogue } from './catalogue.ts';
import type { CaseRow, Database, EventRow } from './database.ts';
import { createDisplaced } from './displaced.ts';
import type { Damage } from './health-check.ts';
import { readRecords, toEvent } from './journal-records.ts';
import type { ChangeSignal } from './live-query.ts';
import { offerEvents } from './offer-events.ts';
import type { OnTheLine } from './on-the-line.ts';
import { drainOutbox, type OutboxOutcome } from './outbox.ts';
import type { PendingCases } from './pending-cases.ts';
import type { ReplicaIdentity, ReplicaPorts } from './ports.ts';
import { createPullAll, PULL_ORDER, type PullAll, type Taken } from './pull-all.ts';
import type { openPullStream } from './pull-stream.ts';
import type { Receipts } from './receipts.ts';
import type { StatusBoard } from './status-board.ts';
import type { CycleSteps } from './sync-cycle.ts';
import type { Sleep } from './sync-loop.ts';
import type { MemoryCell } from './sync-memory.ts';
import { readEventRows } from './timeline.ts';
import type { Unreadable } from './unreadable.ts';

/** A line too bad for two of them at once still carries one. */
const SMALLEST_EVENT_BYTES = 256;

export type EngineParts = {
  database: Database;
  openPullStream: typeof openPullStream;
  identity: ReplicaIdentity;
  ports: ReplicaPorts;
  memory: MemoryCell;
  pending: PendingCases;
  catalogue: Catalogue;
  receipts: Receipts;
  search: CaseSearch;
  board: StatusBoard;
  signal: ChangeSignal;
  clock: HybridClock;
  onTheLine: OnTheLine;
  sleep: Sleep;
  countConflicts(): Promise<number>;
  countUnreadable(): Promise<Unreadable[]>;
  mend(): Promise<void>;
  /** There is something to send that was not there when the round began. */
  wake(): void;
  news: CycleSteps['news'];
};

export type Engine = {
  steps: CycleSteps;
  pullAll: PullAll;
  /** Cursor of `events`: the `base` of what is recorded now. */
  base(): number;
  load(): Promise<void>;
  /** Lays over the copies what the journal has and nothing shows; answers how many. */
  showUnseen(): Promise<number>;
  /** Drops what of a copy is not right. `false`: the disk does not let it go now. */
  drop(damage: Damage): Promise<boolean>;
};

/** What a round of the loop does to the replica; the judging is in `sync-cycle.ts`. */
export function createEngine(parts: EngineParts): Engine {
  const { database, identity, ports, memory, pending, catalogue, receipts, board, signal } = parts;
  const { tables } = database;
  const sendBudget = createByteBudget({ start: 64_000, min: SMALLEST_EVENT_BYTES, max: 200_000 });
  let base = 0;

  const displaced = createDisplaced({
    journal: ports.journal,
    device: identity.device,
    memory,
    readKnown: async () => (await readEventsAfter(0)).map((it) => it.event as Partial<CaseEvent>),
    async renumbered(all) {
      for (const { event, payload } of all) await addPending(event, countBytes(payload));
      pending.withdraw(all.map((it) => it.was));
      signal.emit('cases', 'events', 'status');
      if (all.length > 0) parts.wake();
    },
    again: parts.wake,
  });

  const pullAll = createPullAll({
    database,
    openPullStream: parts.openPullStream,
    central: ports.central,
    device: identity.device,
    budget: createByteBudget({ start: 256_000, min: 4_096, max: 1_000_000 }),
    now: ports.now,
    epoch: () => memory.now().epoch,
    bodies,
    goOnAfter,
    displaced: displaced.note,
    taken,
    filled,
    sleep: parts.sleep,
    progress(progress) {
      board.set({ progress });
      signal.emit('status');
    },
  });

  async function bodies(numbers: readonly number[]): Promise<ReadonlyMap<number, CaseEvent>> {
    const known = new Map(pending.bodies());
    const missing = numbers.filter((it) => !known.has(it));
    if (missing.length === 0) return known;
    for await (const record of readRecords(ports.journal, Math.min(...missing), Math.max(...missing))) {
      const event = toEvent(record);
      if (event !== null) known.set(event.n, event);
    }
    return known;
  }

  /** What is recorded from now on has a number of its own, whoever else has ours. */
  async function goOnAfter(n: number): Promise<void> {
    if (n > (await ports.journal.state()).last) await ports.journal.goOnAfter(n);
  }

  async function taken(page: Taken): Promise<void> {
    if (page.collection === 'events') await takenEvents(page.rows);
    else if (page.collection === 'cases') await takenCases(page.rows);
    else await takenDocs(page.collection);
    signal.emit(page.collection);
  }

  /** Of events nothing is said to the journal before the copy is whole: a crash before that drops it. */
  function filled(page: Taken): void {
    if (page.collection === 'events') for (const it of page.rows) see((it.event as Partial<CaseEvent>).hlc);
    else if (page.collection === 'cases') showCases(page.rows, !parts.search.isRead());
  }

  async function takenEvents(rows: readonly EventRow[]): Promise<void> {
    base = rows.at(-1)?.seq ?? base;
    const own = rows.filter((it) => it.device === identity.device);
    for (const it of rows) see((it.event as Partial<CaseEvent>).hlc);
    pending.receive(own.map(toResult));
    if (own.length === 0) return;
    const ownN = own.reduce((max, it) => Math.max(max, it.n), memory.now().ownN);
    await memory.change({ ownN, hlc: parts.clock.latest() });
    // Only now: a pruned journal and a pull that never came would leave an event nowhere on this desk.
    // What is displaced is yet to be recorded again, from the journal.
    const { confirmedN, displacedN } = memory.now();
    if (displacedN === 0) await ports.journal.acknowledge(Math.min(ownN, confirmedN));
    if (own.some((it) => it.status === 'rejected')) await refreshAttention();
  }

  async function takenCases(rows: readonly (CaseRow & { _deleted?: boolean })[]): Promise<void> {
    showCases(rows);
    await refreshAttention();
  }

  /** `isLater`: whoever searches reads the table first. */
  function showCases(rows: readonly (CaseRow & { _deleted?: boolean })[], isLater = false): void {
    for (const row of rows) {
      if (row.shelf === 'unreadable') continue;
      if (isLater) pending.rebase(row.id, row.doc as Case);
      else takenCase(row.id, row._deleted === true ? null : (row.doc as Case));
    }
  }

  function takenCase(caseId: string, copy: Case | null): void {
    pending.rebase(caseId, copy);
    const seen = pending.find(caseId)?.case ?? copy;
    if (seen === null) parts.search.drop(caseId);
    else parts.search.put(seen);
  }

  async function takenDocs(collection: 'services' | 'reference' | 'staff'): Promise<void> {
    if (collection !== 'services') return;
    await catalogue.readServices();
    pending.project();
    await refreshAttention();
    signal.emit('cases');
  }

  async function refreshAttention(): Promise<void> {
    await receipts.read();
    const unreadable = [...catalogue.unreadable(), ...(await parts.countUnreadable())];
    board.set({
      attention: {
        conflicts: await parts.countConflicts(),
        records: [...receipts.records()],
        ...(unreadable.length > 0 ? { unreadable } : {}),
      },
    });
    signal.emit('status');
  }

  /** What the centre's copies here may not include: the journal past them, and what it refused. */
  async function load(): Promise<void> {
    // Behind what we know to be with the centre: an older copy of the journal, whose next numbers are used up.
    await goOnAfter(memory.now().ownN);
    base = await pullAll.cursor('events');
    // A table that begins anew, as one of a newer shape does: what we knew of its rows holds of none.
    if (base === 0) await memory.change({ ownN: 0, settledSeq: 0 });
    const { settledSeq, ownN } = memory.now();
    const own = (await readEventsAfter(settledSeq)).filter((it) => it.device === identity.device);
    await receipts.read();
    for (const row of own) await addPending(row.event as CaseEvent, 0);
    for (const event of receipts.rejected()) await addPending(event, 0);
    pending.receive([...own.map(toResult), ...receipts.rejected()]);
    await readJournal(ownN + 1);
    // What waits here is in no copy of the centre's that the search reads by itself.
    for (const { case: seen } of pending.all().values()) if (seen !== null) parts.search.put(seen);
    await refreshAttention();
  }

  async function readEventsAfter(seq: number): Promise<EventRow[]> {
    return readEventRows(tables, { after: seq, upTo: await pullAll.cursor('events') });
  }

  async function readJournal(first: number): Promise<void> {
    const { last } = await ports.journal.state();
    for await (const record of readRecords(ports.journal, first, last)) {
      const event = toEvent(record);
      if (event !== null) await addPending(event, countBytes(record.payload));
    }
  }

  async function showUnseen(): Promise<number> {
    const { confirmedN } = memory.now();
    const { last } = await ports.journal.state();
    const shown = pending.bodies();
    let unseen = 0;
    for await (const record of readRecords(ports.journal, confirmedN + 1, last)) {
      const event = toEvent(record);
      // Confirmed meanwhile, it may have left the overlay for the copy.
      if (event === null || shown.has(event.n) || event.n <= memory.now().confirmedN) continue;
      await addPending(event, countBytes(record.payload));
      unseen += pending.bodies().has(event.n) ? 1 : 0;
    }
    if (unseen > 0) signal.emit('cases', 'events', 'status');
    return unseen;
  }

  async function drop(damage: Damage): Promise<boolean> {
    if (damage.collection !== 'events') {
      if (!(await pullAll.forget(damage.collection))) return false;
      if (damage.collection === 'cases') await memory.change({ settledSeq: 0 });
      return true;
    }
    const { good } = damage;
    if (!(await pullAll.rewind(good))) return false;
    const kept = await readEventRows(tables, { after: 0, upTo: good.seq });
    const ownN = kept.reduce((max, it) => (it.device === identity.device ? Math.max(max, it.n) : max), 0);
    await memory.change({ ownN, settledSeq: Math.min(memory.now().settledSeq, good.seq) });
    base = good.seq;
    // Until they are back, ours are seen from the journal.
    await readJournal(ownN + 1);
    await receipts.read();
    signal.emit('cases', 'events', 'status');
    return true;
  }

  async function addPending(event: CaseEvent, bytes: number): Promise<void> {
    if (typeof event.caseId !== 'string' || event.device !== identity.device) return;
    see(event.hlc);
    await pending.add(event, bytes);
  }

  function see(hlc: unknown): void {
    if (typeof hlc === 'string') parts.clock.see(toBelieved(hlc, memory.now(), ports.now()));
  }

  async function push(
    hello: HelloAnswer,
    heard: (heads: Heads) => void,
    abort: AbortSignal,
  ): Promise<OutboxOutcome> {
    return drainOutbox(
      {
        journal: ports.journal,
        push: parts.onTheLine.push,
        device: identity.device,
        epoch: hello.epoch,
        budget: sendBudget,
        now: ports.now,
        maxEvents: Math.min(hello.limits.events, 500),
        confirmed: () => memory.now().confirmedN,
        known: (n) => pending.bodies().get(n),
        async received(answer) {
          pending.receive(answer.results);
          await memory.change({ confirmedN: answer.lastN, lastContactAt: ports.now() });
          heard(answer.heads);
          signal.emit('cases', 'events', 'status');
        },
      },
      abort,
    );
  }

  const steps: CycleSteps = {
    central: ports.central,
    files: {
      ...ports.files,
      async send() {
        const sent = await ports.files.send();
        board.set({ files: await ports.files.waiting() });
        signal.emit('status');
        return sent;
      },
    },
    pullAll,
    now: ports.now,
    memory: memory.now,
    remember: memory.change,
    async deskState() {
      board.set({ files: await ports.files.waiting() });
      return board.deskState(await ports.journal.state());
    },
    lastJournalled: async () => (await ports.journal.state()).last,
    offer: (hello, abort) =>
      offerEvents(
        {
          central: ports.central,
          maxBodyBytes: () => memory.now().maxBodyBytes,
          readRows: (range) => readEventRows(tables, range),
        },
        hello,
        abort,
      ),
    push,
    async forgetCopies() {
      for (const collection of PULL_ORDER) if (!(await pullAll.forget(collection))) return false;
      pending.forgetBases();
      await memory.change({ ownN: 0, settledSeq: 0 });
      base = 0;
      await readJournal(1);
      signal.emit('cases', 'events', 'status');
      return true;
    },
    mend: parts.mend,
    async settle(n) {
      pending.settle(n);
      await memory.change({ settledSeq: base });
      await refreshAttention();
      signal.emit('cases', 'events');
    },
    async fileRefused(sha256, code) {
      receipts.fileRefused(sha256, code, ports.now());
      await refreshAttention();
    },
    async fileSent(sha256) {
      receipts.fileSent(sha256);
      await refreshAttention();
    },
    adoptNumbers: displaced.adopt,
    sendDisplaced: displaced.send,
    busy() {
      board.loop({ phase: 'syncing' });
      signal.emit('status');
    },
    again: parts.wake,
    news: parts.news,
  };
  return { steps, pullAll, base: () => base, load, showUnseen, drop };
}

function toResult(row: EventRow) {
  const { code, status } = row.event as { code?: string; status: EventStatus };
  return { n: row.n, seq: row.seq, status, ...(code === undefined ? {} : { code }) };
}
