import type { Case } from '#model/case';
import type { CaseEvent } from '#model/case-event';
import type { HybridClock } from '#model/hybrid-clock';
import type { Heads } from '#protocol/collection';
import type { HelloAnswer } from '#protocol/hello';
import { createByteBudget } from './byte-budget.ts';
import type { CaseSearch } from './case-search.ts';
import type { Catalogue } from './catalogue.ts';
import { type CaseRow, type Database, type EventRow, toEventKey } from './database.ts';
import { readRecords, toEvent } from './journal-records.ts';
import type { ChangeSignal } from './live-query.ts';
import { EMPTY_MEMORY, type LocalValues, type SyncMemory } from './local-values.ts';
import { drainOutbox, type OutboxOutcome } from './outbox.ts';
import type { PendingCases } from './pending-cases.ts';
import type { ReplicaIdentity, ReplicaPorts } from './ports.ts';
import { createPullAll, PULL_ORDER, type PullAll, type Taken } from './pull-all.ts';
import type { Receipts } from './receipts.ts';
import type { StatusBoard } from './status-board.ts';
import type { CycleSteps } from './sync-cycle.ts';

const EVENTS_AT_ONCE = 500;

export type MemoryCell = {
  now(): SyncMemory;
  /** Written only when something changed. */
  change(change: Partial<SyncMemory>): Promise<void>;
};

export async function openMemory(local: LocalValues): Promise<MemoryCell> {
  let memory: SyncMemory = { ...EMPTY_MEMORY, ...((await local.read('sync')) as Partial<SyncMemory>) };
  return {
    now: () => memory,
    async change(change) {
      const next = { ...memory, ...change };
      if (JSON.stringify(next) === JSON.stringify(memory)) return;
      memory = next;
      await local.write('sync', memory);
    },
  };
}

export type EngineParts = {
  database: Database;
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
  countConflicts(): Promise<number>;
};

export type Engine = {
  steps: CycleSteps;
  pullAll: PullAll;
  /** Cursor of `events`: the `base` of what is recorded now. */
  base(): number;
  load(): Promise<void>;
};

/** What a round of the loop does to the replica; the judging is in `sync-cycle.ts`. */
export function createEngine(parts: EngineParts): Engine {
  const { database, identity, ports, memory, pending, catalogue, receipts, board, signal } = parts;
  const { tables } = database;
  const sendBudget = createByteBudget({ start: 64_000, max: 200_000 });
  let base = 0;

  const pullAll = createPullAll({
    database,
    central: ports.central,
    device: identity.device,
    budget: createByteBudget({ start: 128_000, max: 1_000_000 }),
    now: ports.now,
    epoch: () => memory.now().epoch,
    bodies,
    taken,
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

  async function taken(page: Taken): Promise<void> {
    if (page.collection === 'events') await takenEvents(page.rows);
    else if (page.collection === 'cases') await takenCases(page.rows);
    else await takenDocs(page.collection);
    signal.emit(page.collection);
  }

  async function takenEvents(rows: readonly EventRow[]): Promise<void> {
    base = rows.at(-1)?.seq ?? base;
    const own = rows.filter((it) => it.device === identity.device);
    for (const it of rows) parts.clock.see(String((it.event as Partial<CaseEvent>).hlc ?? ''));
    pending.receive(own.map(toResult));
    const ownN = own.reduce((max, it) => Math.max(max, it.n), memory.now().ownN);
    await memory.change({ ownN });
    // Only now: a pruned journal and a pull that never came would leave an event nowhere on this desk.
    const both = Math.min(ownN, memory.now().confirmedN);
    if (own.length > 0) await ports.journal.acknowledge(both);
    if (own.some((it) => it.status === 'rejected')) await refreshAttention();
  }

  async function takenCases(rows: readonly (CaseRow & { _deleted?: boolean })[]): Promise<void> {
    for (const row of rows) {
      if (row.shelf !== 'unreadable') takenCase(row.id, row._deleted === true ? null : (row.doc as Case));
    }
    await refreshAttention();
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
    const unreadable = catalogue.unreadable();
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
    const { settledSeq, ownN } = memory.now();
    const own = (await readEventsAfter(settledSeq)).filter((it) => it.device === identity.device);
    await receipts.read();
    for (const row of own) await addPending(row.event as CaseEvent, 0);
    for (const event of receipts.rejected()) await addPending(event, 0);
    pending.receive([...own.map(toResult), ...receipts.rejected()]);
    await readJournal(ownN + 1);
    // What waits here is in no copy of the centre's that the search reads by itself.
    for (const { case: seen } of pending.all().values()) if (seen !== null) parts.search.put(seen);
    base = await pullAll.cursor('events');
    await refreshAttention();
  }

  /** By key and not by range: RxDB has no index on a primary key alone, and would read every event there is. */
  async function readEventsAfter(seq: number): Promise<EventRow[]> {
    const head = await pullAll.cursor('events');
    const rows: EventRow[] = [];
    for (let from = seq + 1; from <= head; from += EVENTS_AT_ONCE) {
      const many = Math.min(EVENTS_AT_ONCE, head - from + 1);
      const keys = Array.from({ length: many }, (_, index) => toEventKey(from + index));
      const found = await tables.events.findByIds(keys).exec();
      rows.push(...[...found.values()].map((it) => it.toJSON() as EventRow));
    }
    return rows.sort((a, b) => a.seq - b.seq);
  }

  async function readJournal(first: number): Promise<void> {
    const { last } = await ports.journal.state();
    for await (const record of readRecords(ports.journal, first, last)) {
      const event = toEvent(record);
      if (event !== null) await addPending(event, record.payload.length);
    }
  }

  async function addPending(event: CaseEvent, bytes: number): Promise<void> {
    if (typeof event.caseId !== 'string' || event.device !== identity.device) return;
    parts.clock.see(event.hlc);
    await pending.add(event, bytes);
  }

  async function push(
    hello: HelloAnswer,
    heard: (heads: Heads) => void,
    abort: AbortSignal,
  ): Promise<OutboxOutcome> {
    return drainOutbox(
      {
        journal: ports.journal,
        central: ports.central,
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
    files: ports.files,
    pullAll,
    now: ports.now,
    memory: memory.now,
    remember: memory.change,
    async deskState() {
      board.set({ files: await ports.files.waiting() });
      return board.deskState(await ports.journal.state());
    },
    lastJournalled: async () => (await ports.journal.state()).last,
    push,
    async forgetCopies() {
      for (const collection of PULL_ORDER) await pullAll.forget(collection);
      pending.forgetBases();
      await memory.change({ ownN: 0, settledSeq: 0, confirmedN: 0 });
      base = 0;
      await readJournal(1);
      signal.emit('cases', 'events', 'status');
    },
    async settle(n) {
      pending.settle(n);
      await memory.change({ settledSeq: base });
      await refreshAttention();
      signal.emit('cases', 'events');
    },
    fileRefused(sha256, code) {
      parts.receipts.fileRefused(sha256, code, ports.now());
    },
    busy() {
      board.loop({ phase: 'syncing' });
      signal.emit('status');
    },
  };
  return { steps, pullAll, base: () => base, load };
}

function toResult(row: EventRow) {
  const { code } = row.event as { code?: string };
  const status = row.status as 'ok' | 'review' | 'rejected';
  return { n: row.n, seq: row.seq, status, ...(code === undefined ? {} : { code }) };
}
