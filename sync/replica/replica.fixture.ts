import type { RxStorage } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { EventBody } from '#model/case-event';
import { newId } from '#model/new-id';
import type { StaffMember } from '#model/staff';
import { createMemoryCentral, createMemoryDisk } from './memory-central.fixture.ts';
import { type OpenReplicaOptions, openReplica } from './open-replica.ts';
import type { ReplicaPorts } from './ports.ts';
import type { CaseList, CaseListQuery, CaseView, Draft, Replica, TimelineEntry } from './replica.ts';
import type { SyncStatus } from './sync-status.ts';

export type World = ReturnType<typeof createWorld>;

/** Desks of one centre around one central server; time passes only when a test says so. */
export function createWorld(options: { pageDocs?: number } = {}) {
  const clock = { now: 1_790_000_000_000 };
  const central = createMemoryCentral({ ...options, now: () => clock.now });
  return { central, clock, createDesk: (device: string) => createDesk(central, clock, device) };
}

function createDesk(central: World['central'], clock: { now: number }, device: string) {
  let name = `${device}-${newId()}`;
  const disk = createMemoryDisk();
  const ports: ReplicaPorts = {
    journal: disk.journal,
    files: disk.files,
    central: central.forDevice(device),
    nextCount: disk.nextCount,
    now: () => {
      clock.now += 1;
      return clock.now;
    },
    random: () => 0.5,
  };
  const identity = { device, centreId: 13, desk: device, deskNumber: 3 };
  return {
    disk,
    ports,
    /** The same disk and database, as after a crash or for the first time. */
    open: (
      change: Partial<ReplicaPorts> = {},
      storage?: RxStorage<unknown, unknown>,
      more: Partial<OpenReplicaOptions> = {},
    ): Promise<Replica> => openAs(name, change, storage, more),
    name: () => name,
    /** The same station, whose browser has lost its database. */
    openEmpty(storage?: RxStorage<unknown, unknown>): Promise<Replica> {
      name = `${device}-${newId()}`;
      return openAs(name, {}, storage);
    },
  };

  function openAs(
    name: string,
    change: Partial<ReplicaPorts>,
    storage = getRxStorageMemory() as never as RxStorage<unknown, unknown>,
    more: Partial<OpenReplicaOptions> = {},
  ): Promise<Replica> {
    return openReplica({
      name,
      identity,
      ports: { ...ports, ...change },
      storage,
      appVersion: '1.0.0',
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      ...more,
    });
  }
}

/** One round of sync, to its end; what the status says then. */
export function syncOnce(replica: Replica): Promise<SyncStatus> {
  return new Promise((resolve) => {
    let hasBegun = false;
    const stop = replica.sync.watch((status) => {
      const isResting = status.phase !== 'starting' && status.phase !== 'syncing';
      if (!hasBegun || !isResting) return;
      queueMicrotask(() => {
        stop();
        replica.sync.stop();
        resolve(replica.sync.status());
      });
    });
    replica.sync.stop();
    queueMicrotask(() => {
      replica.sync.start();
      hasBegun = true;
    });
  });
}

export function toDraft(change: Partial<Draft> = {}): Draft {
  return {
    id: newId(),
    serviceCode: 'SOC-03',
    serviceVersion: 1,
    startedAt: 1_790_000_000_000,
    changedAt: 1_790_000_000_000,
    startedBy: 'baxmal-clerk-1',
    channel: 'hall',
    language: 'uz-Latn',
    number: null,
    answers: { 'applicant.surname': 'Karimova', 'applicant.givenName': 'Dilnoza' },
    documents: [],
    ...change,
  };
}

export const details = {
  by: 'baxmal-clerk-1',
  prefix: '1708204',
  year: 2026,
  fee: { amount: 0, baseAmount: 412_000, tier: 'standard', currency: 'UZS' as const },
  missing: [],
  dueAt: 1_790_500_000_000,
};

export function toSet(path: string, value: string, was: string | null): EventBody {
  return { type: 'field.set', body: { set: { [path]: value }, was: { [path]: was } } };
}

function first<T>(watch: (listener: (value: T) => void) => () => void): Promise<T> {
  return new Promise((resolve) => {
    const stop = watch((value) => {
      resolve(value);
      queueMicrotask(() => stop());
    });
  });
}

export const readCase = (replica: Replica, id: string): Promise<CaseView | null> =>
  first((listener) => replica.watchCase(id, listener));
export const readTimeline = (replica: Replica, id: string): Promise<readonly TimelineEntry[]> =>
  first((listener) => replica.watchTimeline(id, listener));
export const readStaff = (replica: Replica): Promise<readonly StaffMember[]> =>
  first((listener) => replica.watchStaff(listener));
export const readDrafts = (replica: Replica): Promise<readonly Draft[]> =>
  first((listener) => replica.watchDrafts(listener));
export const readList = (replica: Replica, change: Partial<CaseListQuery> = {}): Promise<CaseList> =>
  first((listener) =>
    replica.watchCases(
      { filter: 'open', sort: 'due', limit: 50, now: 1_790_000_000_000, ...change },
      listener,
    ),
  );
