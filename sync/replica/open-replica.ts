import type { RxStorage } from 'rxdb/plugins/core';
import type { Case } from '#model/case';
import type { CaseEvent } from '#model/case-event';
import { ruleOf } from '#model/field-rules';
import { createHybridClock } from '#model/hybrid-clock';
import { SyncReportAnswer } from '#protocol/sync-report';
import { toBelieved } from './believed-time.ts';
import { createCaseLists, readCase } from './case-lists.ts';
import { createCaseSearch } from './case-search.ts';
import { createCatalogue } from './catalogue.ts';
import { type Database, openDatabase } from './database.ts';
import { discardUnnamed } from './discard-unnamed.ts';
import { createDrafts, orRefusal } from './drafts.ts';
import { isDatabaseGone } from './drop-database.ts';
import { createHealth, type Health } from './health.ts';
import { createDiskStorage } from './lean-storage.ts';
import { createLineSigns } from './line-signs.ts';
import { createLiveChannel } from './live-channel.ts';
import { createChangeSignal, watchQuery } from './live-query.ts';
import { createLocalRows } from './local-rows.ts';
import { createLocalValues } from './local-values.ts';
import { createOnTheLine } from './on-the-line.ts';
import { findOpened, finishOpenedDrafts, openCase } from './open-case.ts';
import { createPendingCases, type PendingCase } from './pending-cases.ts';
import type { ReplicaIdentity, ReplicaPorts } from './ports.ts';
import { openPullStream } from './pull-stream.ts';
import { createQueues } from './queues.ts';
import { createReceipts } from './receipts.ts';
import { createRecorder } from './record-event.ts';
import type { Delivery, Replica, Stop } from './replica.ts';
import { createStatusBoard } from './status-board.ts';
import { runCycle } from './sync-cycle.ts';
import { createEngine } from './sync-engine.ts';
import { createSyncLoop, type Sleep, sleepReally } from './sync-loop.ts';
import { openMemory } from './sync-memory.ts';
import { readEvents, readTimeline } from './timeline.ts';
import { countUnreadable, readAgain } from './unreadable.ts';
import { createWatchdog } from './watchdog.ts';

export type OpenReplicaOptions = {
  name: string;
  identity: ReplicaIdentity;
  ports: ReplicaPorts;
  /** IndexedDB unless a test brings another. */
  storage?: RxStorage<unknown, unknown>;
  /** In place of RxDB, where the whole replica runs beside others in one simulated world. */
  store?: Store;
  /** Told to the centre; a new one has another look at what an older one could not read. */
  appVersion?: string;
  sleep?: Sleep;
  /** The database answers no more, and will not before the window is loaded again. */
  gone?: () => void;
  /** Between two slices of work that nobody waits for; the window draws and answers first. */
  rest?: () => Promise<void>;
};

/** Where the centre's copies lie and how pages of them are written. */
export type Store = {
  openDatabase(name: string): Promise<Database>;
  openPullStream: typeof openPullStream;
};

/** Opens the local copy; what a crash left half done is finished before it answers. */
export async function openReplica(options: OpenReplicaOptions): Promise<Replica> {
  const { identity, ports, appVersion = '', sleep = sleepReally, rest = whenIdle } = options;
  const store = options.store ?? {
    openDatabase: (name) => openDatabase(name, options.storage ?? createDiskStorage()),
    openPullStream,
  };
  const database = await store.openDatabase(options.name);
  const { tables } = database;
  const rows = createLocalRows(tables, (error) => {
    if (isDatabaseGone(error)) options.gone?.();
  });
  const local = createLocalValues(rows);
  const memory = await openMemory(local);
  const signal = createChangeSignal();
  const catalogue = createCatalogue(tables);
  await catalogue.readServices();
  if (memory.now().appVersion !== appVersion) await readAgain(tables);
  await memory.change({ appVersion });

  const lastHlc = toBelieved(memory.now().hlc, memory.now(), ports.now());
  const clock = createHybridClock(identity.device, ports.now, lastHlc);
  const pending = createPendingCases({
    device: identity.device,
    readCase: (caseId) => readCase(tables, caseId),
    contextOf(event, state) {
      const service = serviceOf(event, state);
      return { centreId: identity.centreId, ruleOf: (path) => ruleOf(service, path) };
    },
  });
  function serviceOf(event: CaseEvent, state: Case | null) {
    if (state !== null) return catalogue.findService(state.serviceCode, state.serviceVersion);
    if (event.type !== 'case.opened') return null;
    return catalogue.findService(event.body.service.code, event.body.service.version);
  }

  const receipts = createReceipts(tables, identity.device);
  const search = createCaseSearch(tables, rest);
  let health: Health | null = null;
  const board = createStatusBoard({
    pending,
    memory: memory.now,
    now: ports.now,
    health: () => health?.report() ?? { checkedAt: null, findings: [] },
    appVersion,
  });
  const lists = createCaseLists({ tables, pending, deliveryOf });
  const drafts = createDrafts(rows, ports.keptDrafts);
  const inTurn = createQueues();

  function deliveryOf(caseId: string, found: Case, over: PendingCase | undefined): Delivery {
    const { confirmedN } = memory.now();
    const unsent = over?.entries.filter((it) => it.event.n > confirmedN) ?? [];
    if (unsent.length > 0) {
      const since = Math.min(...unsent.map((it) => it.event.at));
      const sending = unsent.some((it) => onTheLine.has(it.event.n));
      return { state: 'waiting', events: unsent.length, since, sending };
    }
    const refused = over?.entries.find((it) => it.receipt?.status === 'rejected')?.receipt;
    const code = receipts.codeOf(caseId) ?? (refused ? (refused.code ?? 'rejected') : null);
    if (code !== null) return { state: 'refused', code };
    return found.hasConflicts ? { state: 'attention', code: 'conflict' } : { state: 'sent' };
  }

  const watchdog = createWatchdog({
    isBusy: () => onLine.isBusy(),
    recreate: () => engine.pullAll.close(),
    sleep,
  });
  const onLine = createLineSigns(ports, watchdog.alive);
  const onTheLine = createOnTheLine(onLine.central, {
    sleep,
    changed: () => signal.emit('cases', 'events'),
  });

  const engine = createEngine({
    database,
    openPullStream: store.openPullStream,
    identity,
    ports: { ...ports, central: onLine.central, files: onLine.files },
    memory,
    pending,
    catalogue,
    receipts,
    search,
    board,
    signal,
    clock,
    onTheLine,
    sleep,
    countConflicts: lists.countConflicts,
    countUnreadable: () => countUnreadable(tables),
    mend: async () => health?.mend(),
    wake: () => loop.wake(),
    news: { isHeard: () => live.isOpen(), hasCome: () => live.hasNews() },
  });
  health = createHealth({
    check: {
      tables,
      central: ports.central,
      epoch: () => memory.now().epoch,
      checkpoint: engine.pullAll.peek,
      breathe: rest,
    },
    now: ports.now,
    showUnseen: engine.showUnseen,
    drop: engine.drop,
    checked(hasFound) {
      signal.emit('status');
      if (hasFound) loop.wake();
    },
  });
  const live = createLiveChannel({
    central: ports.central,
    cursor: engine.pullAll.cursor,
    isResting: () => board.status().phase === 'idle',
    wake: () => loop.wake(),
    now: ports.now,
  });
  const loop = createSyncLoop({
    async cycle(abort) {
      const done = await watchdog.guard((mine) => runCycle(engine.steps, mine), abort);
      return done ?? { outcome: 'offline', reason: 'stalled' };
    },
    changed(state) {
      board.loop(state);
      if (state.phase === 'idle') live.rested();
      // A disk that is full still reads; a database that is gone does not, and says so.
      if ('failure' in state && state.failure.outcome === 'disk-failed')
        void local.read('sync').catch(() => undefined);
      // The first round is over: nothing else hurries now.
      if (state.phase !== 'starting') search.buildQuietly();
      if (state.phase !== 'starting') health?.whenDue();
      signal.emit('status');
    },
    now: ports.now,
    random: ports.random,
    isHearing: () => live.isOpen(),
    sleep,
  });

  const record = createRecorder({
    identity,
    ports,
    clock,
    base: engine.base,
    maxBodyBytes: () => memory.now().maxBodyBytes,
    queued: (files) => board.set({ files }),
    async saved(event, bytes) {
      await pending.add(event, bytes);
      const view = pending.find(event.caseId)?.case;
      if (view) search.put(view);
      signal.emit('cases', 'events', 'status');
      loop.wake();
    },
  });

  const opening = {
    drafts,
    nextCount: ports.nextCount,
    deskNumber: identity.deskNumber,
    eventsOf: (caseId: string) => readEvents(tables, pending, caseId),
    record,
    isOffline: board.isOffline,
  };
  await engine.load();
  await drafts.restore();
  await finishOpenedDrafts(opening);

  const stops = new Set<Stop>();
  function watch<T>(
    topics: Parameters<typeof watchQuery>[1],
    read: () => Promise<T>,
    listener: (value: T) => void,
  ): Stop {
    const stop = watchQuery(signal, topics, read, listener);
    stops.add(stop);
    return () => {
      stop();
      stops.delete(stop);
    };
  }

  return {
    sync: {
      status: board.status,
      watch(listener) {
        listener(board.status());
        const stop = signal.on(['status'], () => listener(board.status()));
        stops.add(stop);
        return stop;
      },
      now: loop.now,
      start: loop.start,
      stop() {
        live.close();
        void loop.stop();
      },
    },
    watchServices: (listener) =>
      watch(['services'], async () => catalogue.services().filter((it) => it.current), listener),
    findService: async (code, version) => catalogue.findService(code, version),
    watchReference: (listener) => watch(['reference'], catalogue.readReference, listener),
    watchStaff: (listener) => watch(['staff'], catalogue.readStaff, listener),

    watchDrafts: (listener) => watch(['drafts'], drafts.all, listener),
    findDraft: drafts.find,
    saveDraft: (draft) =>
      inTurn(draft.id, () =>
        orRefusal(async () => {
          // A late save of a screen that is still open must not bring an opened case's draft back.
          if (findOpened(await opening.eventsOf(draft.id)) !== undefined) return { outcome: 'saved' };
          const before = await drafts.find(draft.id);
          const saved = await drafts.save({ ...draft, number: draft.number ?? before?.number ?? null });
          if (saved.outcome === 'saved') await discardUnnamed(drafts, ports.files, { before, after: draft });
          signal.emit('drafts');
          return saved;
        }),
      ),
    removeDraft: (id) =>
      inTurn(id, async () => {
        const before = await drafts.find(id);
        await drafts.remove(id);
        await discardUnnamed(drafts, ports.files, { before, after: null });
        signal.emit('drafts');
      }),
    openCase: (draft, details) =>
      inTurn(draft.id, async () => {
        const outcome = await orRefusal(() => openCase(opening, draft, details));
        signal.emit('drafts');
        return outcome;
      }),
    record,
    finishDrafts: (by) => finishOpenedDrafts(opening, by),

    watchCase: (caseId, listener) => watch(['cases', 'status'], () => lists.find(caseId), listener),
    watchTimeline: (caseId, listener) =>
      watch(['events', 'cases'], () => readTimeline(tables, pending, caseId, onTheLine.has), listener),
    watchCases: (query, listener) => watch(['cases'], () => lists.list(query), listener),
    findCases: search.find,

    async syncReport() {
      const answer = await ports.central.syncReport(new AbortController().signal);
      if (answer.outcome === 'ok') {
        // It is shown whether the disk keeps it or not.
        await local.write('sync-report', answer.answer).catch(() => undefined);
        return { report: answer.answer, fresh: true };
      }
      const kept = SyncReportAnswer.safeParse(await local.read('sync-report'));
      return kept.success ? { report: kept.data, fresh: false } : null;
    },
    readLocal: (key) => local.read(`screen/${key}`),
    writeLocal: (key, value) => local.write(`screen/${key}`, value),
    async close() {
      for (const stop of stops) stop();
      live.close();
      health?.close();
      await loop.stop();
      await engine.pullAll.close();
      await database.close();
    },
  };
}

function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve);
  });
}
