import { isDatabaseGone } from '#replica/drop-database';
import type { ReplicaIdentity } from '#replica/ports';
import type { Replica } from '#replica/replica';
import { type BlobFiles, openBlobFiles } from '#station/blob-files';
import type { CentralForward } from '#station/central-forward';
import { type Counters, openCounters } from '#station/counters';
import { type Journal, openJournal } from '#station/journal';
import { openSnapshotFiles, type SnapshotFiles } from '#station/snapshot-files';
import { openUploader } from '#station/upload-file';
import { testSealer } from '../../../main/station/sealer.fixture.ts';
import type { Repairs } from '../../../renderer/data/plan-repair.ts';
import type { Programs } from './programs.ts';
import type { Random } from './random.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import type { SimCentral } from './sim-central.ts';
import { cloneDisk, cutPower, mountDisk, type SimDisk } from './sim-fs.ts';
import { createSimLine, type LineState } from './sim-line.ts';
import { createSimSnapshots } from './sim-snapshots.ts';
import {
  cloneReplicaDisk,
  createReplicaDisk,
  createSimStore,
  DATABASE_ERRORS,
  type SimReplicaDisk,
} from './sim-store.ts';

/** Small, so that a history has several journal files. */
const ROTATE_BYTES = 6_000;

/** A workstation: the real journal, counters and replica on simulated disks, behind a simulated line. */
export type SimDesk = {
  name: string;
  identity: ReplicaIdentity;
  line: LineState;
  /** Runs the program of one schema before. */
  isOlder: boolean;
  /** It may know an event by the program that it ran before. */
  hasBeenNewer: boolean;
  /** Something was damaged behind its back. */
  isDamaged: boolean;
  repairs: Repairs;
  /** Its clock minus the world's, ms. */
  skewMs: number;
  disk: SimDisk;
  replicaDisk: SimReplicaDisk;
  /** `null` while it is off, starting, or its disk does not let it start. */
  replica: Replica | null;
  kept: { journal: Journal; counters: Counters; blobs: BlobFiles; packed: SnapshotFiles } | null;
  isStarting: boolean;
  booting: Promise<boolean> | null;
  window: Owner;
  station: Owner;
};

type Around = {
  scheduler: Scheduler;
  random: Random;
  central: SimCentral;
  programs: Programs;
  isPacked: boolean;
  isCompared: boolean;
  /** The desk's database answers no more. */
  repair(desk: SimDesk): void;
};

export function createDesk(scheduler: Scheduler, name: string, identity: ReplicaIdentity): SimDesk {
  const off = { name, isDead: true };
  const desk: SimDesk = {
    name,
    identity,
    line: { isCut: false, trouble: 0.1, isOld: false },
    isDamaged: false,
    repairs: { at: 0, tries: 0 },
    isOlder: false,
    hasBeenNewer: false,
    skewMs: 0,
    disk: null as unknown as SimDisk,
    replicaDisk: createReplicaDisk(),
    replica: null,
    kept: null,
    isStarting: false,
    booting: null,
    window: off,
    station: off,
  };
  desk.disk = mountDisk(
    name,
    (label) => scheduler.step(desk.station, `disk ${label}`),
    () => scheduler.now() + desk.skewMs,
  );
  return desk;
}

/** A second workstation made by copying the disk of the first: two with one id. */
export function cloneDesk(scheduler: Scheduler, from: SimDesk, name: string): SimDesk {
  const desk = createDesk(scheduler, name, from.identity);
  Object.assign(desk.disk, cloneDisk(from.disk));
  desk.replicaDisk = cloneReplicaDisk(from.replicaDisk);
  desk.isOlder = from.isOlder;
  desk.isDamaged = from.isDamaged;
  desk.hasBeenNewer = from.hasBeenNewer;
  return desk;
}

/** Switches on what is off: station, then window. A disk that refuses leaves it off. */
export async function start(world: Around, desk: SimDesk): Promise<void> {
  if (desk.isStarting || !desk.window.isDead) return;
  desk.isStarting = true;
  if (desk.station.isDead) {
    desk.station = owner(`${desk.name}/station`);
    desk.booting = null;
  }
  desk.window = owner(`${desk.name}/window`);
  const { window, replicaDisk } = desk;
  replicaDisk.isStill = false;
  if (replicaDisk.closed === 'until reload') replicaDisk.closed = 'no';
  // A window that is loaded anew while its station starts waits for the same start.
  desk.booting ??= startStation(world, desk);
  const isOpen = await desk.booting;
  const replica = isOpen ? await openWindow(world, desk) : null;
  if (window.isDead) return;
  if (replica === null) return stop(world, desk);
  desk.replica = replica;
  desk.isStarting = false;
  replica.sync.start();
}

async function startStation(world: Around, desk: SimDesk): Promise<boolean> {
  const { station } = desk;
  const isNew = desk.disk.names.size === 0;
  const folder = `/sim/${desk.name}/journal`;
  const opened = await openJournal({
    folder,
    sealer: testSealer,
    now: nowOf(world, desk),
    rotateBytes: ROTATE_BYTES,
  });
  if (opened.outcome !== 'open') return false;
  const { journal } = opened;
  const counters = await openCounters(`/sim/${desk.name}`, { isNew });
  const { forward } = createSimLine({
    ...world,
    caller: callerOf(desk),
    asking: desk.station,
    state: desk.line,
  });
  const packed = openSnapshotFiles(forward, `/sim/${desk.name}/snapshots`, testSealer, {
    sleep: (ms, signal) => world.scheduler.sleep(station, ms, signal),
  });
  desk.kept = { journal, counters, blobs: await openBlobs(desk, forward), packed };
  return true;
}

/** Small pieces, so that a file takes several. */
const PACE = {
  chunkBytes: () => 40,
  took: () => undefined,
  broke: () => undefined,
  patienceMs: () => 60_000,
};

async function openBlobs(desk: SimDesk, forward: CentralForward): Promise<BlobFiles> {
  const folder = `/sim/${desk.name}/blobs`;
  return openBlobFiles(folder, testSealer, await openUploader(forward, `${folder}/uploads`, { pace: PACE }));
}

async function openWindow(world: Around, desk: SimDesk): Promise<Replica | null> {
  const { window, kept } = desk;
  if (kept === null) return null;
  const line = createSimLine({ ...world, caller: callerOf(desk), asking: window, state: desk.line });
  const { older, newer } = world.programs;
  const program = desk.isOlder ? (older ?? newer) : newer;
  desk.hasBeenNewer ||= !desk.isOlder;
  return program
    .openReplica({
      name: desk.name,
      identity: desk.identity,
      ports: {
        journal: kept.journal,
        files: { ...kept.blobs, send: () => kept.blobs.send(new AbortController().signal) },
        central: {
          ...line.central,
          ...(world.isCompared ? { verify: line.verify } : {}),
          ...(world.isPacked
            ? {
                snapshots: createSimSnapshots({
                  newest: line.newest,
                  station: kept.packed.forward,
                  asking: window,
                }),
              }
            : {}),
        },
        nextCount: kept.counters.next,
        now: nowOf(world, desk),
        random: world.random.next,
      },
      store: createSimStore(desk.replicaDisk, (label) => world.scheduler.step(window, `db ${label}`)),
      appVersion: program.version,
      sleep: (ms, signal) => world.scheduler.sleep(window, ms, signal),
      rest: () => world.scheduler.step(window, 'rest'),
      gone: () => world.repair(desk),
    })
    .catch((error: unknown) => {
      if (!DATABASE_ERRORS.includes((error as Error).name)) throw error;
      if (isDatabaseGone(error)) world.repair(desk);
      return null;
    });
}

function nowOf({ scheduler }: Around, desk: SimDesk): () => number {
  return () => scheduler.now() + desk.skewMs;
}

/** The window is loaded anew; its station goes on. */
export function reload({ scheduler }: Around, desk: SimDesk): void {
  scheduler.kill(desk.window);
  desk.replica = null;
  desk.isStarting = false;
}

/** The program is killed: what it wrote is still with the operating system. */
export function stop({ scheduler }: Around, desk: SimDesk): void {
  scheduler.kill(desk.window);
  scheduler.kill(desk.station);
  desk.replica = null;
  desk.kept = null;
  desk.isStarting = false;
}

/** The plug is pulled: what was not flushed is as chance has it. */
export function pullPlug(world: Around, desk: SimDesk): void {
  stop(world, desk);
  cutPower(desk.disk, world.random);
}

function callerOf({ identity }: SimDesk) {
  return { kind: 'device' as const, device: identity.device, centreId: identity.centreId };
}

function owner(name: string): Owner {
  return { name, isDead: false };
}
