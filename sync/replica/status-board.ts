import type { DeskState } from '#model/desk-report';
import type { PendingCases, PendingEvent } from './pending-cases.ts';
import type { LoopState } from './sync-loop.ts';
import type { SyncMemory } from './sync-memory.ts';
import type { HealthReport, SyncStatus } from './sync-status.ts';

export type StatusBoard = {
  status(): SyncStatus;
  set(change: Partial<Pick<SyncStatus, 'files' | 'attention' | 'progress'>>): void;
  loop(state: LoopState): void;
  deskState(state: { freeDiskBytes: number | null }): DeskState;
  /** No good contact now, as far as is known: what is taken now is taken without the centre. */
  isOffline(): boolean;
};

/** Puts together what the strip and the sync page say from what is known, and keeps no opinion of its own. */
export function createStatusBoard(options: {
  pending: PendingCases;
  memory(): SyncMemory;
  now(): number;
  health(): HealthReport;
  appVersion: string;
}): StatusBoard {
  let state: LoopState = { phase: 'starting' };
  let troubleSince: number | null = null;
  let parts: Pick<SyncStatus, 'files' | 'attention' | 'progress'> = {
    files: { count: 0, bytes: 0 },
    attention: { conflicts: 0, records: [] },
    progress: null,
  };
  let trouble: SyncStatus['trouble'] = null;
  let freeDisk: number | null = null;

  function waiting(): SyncStatus['waiting'] {
    const unsent = unconfirmed(options.pending, options.memory().confirmedN);
    return {
      events: unsent.length,
      cases: new Set(unsent.map((it) => it.event.caseId)).size,
      bytes: unsent.reduce((sum, it) => sum + it.bytes, 0),
      oldestAt: unsent.reduce<number | null>((min, it) => Math.min(min ?? it.event.at, it.event.at), null),
    };
  }

  return {
    status() {
      const { lastContactAt, lastFullSyncAt, clockDriftMs } = options.memory();
      return {
        phase: state.phase,
        trouble,
        waiting: waiting(),
        ...parts,
        lastContactAt,
        lastFullSyncAt,
        clockDriftMs,
        health: options.health(),
        freeDiskBytes: freeDisk,
      };
    },
    set(change) {
      parts = { ...parts, ...change };
    },
    loop(next) {
      state = next;
      if ('failure' in next) {
        troubleSince ??= options.now();
        trouble = { failure: next.failure, since: troubleSince, nextTryAt: next.nextTryAt };
      } else if (next.phase === 'idle' || trouble?.failure.outcome !== 'refused') {
        // Work is done again: the line is there. What the centre refused is not undone by that.
        troubleSince = null;
        trouble = null;
      }
    },
    deskState({ freeDiskBytes }) {
      freeDisk = freeDiskBytes;
      const { events, bytes, oldestAt } = waiting();
      const [failing] = parts.attention.records;
      return {
        waiting: events,
        waitingBytes: bytes,
        oldestWaitingAt: oldestAt,
        filesWaiting: parts.files.count,
        filesWaitingBytes: parts.files.bytes,
        failing: parts.attention.records.length,
        failingCode: failing?.code ?? null,
        clock: options.now(),
        lastFullSyncAt: options.memory().lastFullSyncAt,
        freeDiskBytes,
        appVersion: options.appVersion,
      };
    },
    isOffline: () => trouble !== null || state.phase === 'starting',
  };
}

function unconfirmed(pending: PendingCases, confirmedN: number): PendingEvent[] {
  return [...pending.all().values()].flatMap((it) => it.entries).filter((it) => it.event.n > confirmedN);
}
