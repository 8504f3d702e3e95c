import { openReplica } from '#replica/open-replica';
import type { FileOutbox, ReplicaIdentity } from '#replica/ports';
import type { Replica } from '#replica/replica';
import { type Counters, openCounters } from '#station/counters';
import { type Journal, openJournal } from '#station/journal';
import type { Random } from './random.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import type { SimCentral } from './sim-central.ts';
import { cloneDisk, cutPower, mountDisk, type SimDisk } from './sim-fs.ts';
import { createSimLine, type LineState } from './sim-line.ts';
import { cloneReplicaDisk, createReplicaDisk, createSimStore, type SimReplicaDisk } from './sim-store.ts';

/** Small, so that a history has several journal files. */
const ROTATE_BYTES = 6_000;

/** A workstation: the real journal, counters and replica on simulated disks, behind a simulated line. */
export type SimDesk = {
  name: string;
  identity: ReplicaIdentity;
  line: LineState;
  /** Its clock minus the world's, ms. */
  skewMs: number;
  disk: SimDisk;
  replicaDisk: SimReplicaDisk;
  /** `null` while it is off, starting, or its disk does not let it start. */
  replica: Replica | null;
  kept: { journal: Journal; counters: Counters } | null;
  files: { queued: Set<string>; sent: Set<string> };
  isStarting: boolean;
  booting: Promise<boolean> | null;
  window: Owner;
  station: Owner;
};

type Around = { scheduler: Scheduler; random: Random; central: SimCentral };

export function createDesk(scheduler: Scheduler, name: string, identity: ReplicaIdentity): SimDesk {
  const off = { name, isDead: true };
  const desk: SimDesk = {
    name,
    identity,
    line: { isCut: false, trouble: 0.1, isOld: false },
    skewMs: 0,
    disk: null as unknown as SimDisk,
    replicaDisk: createReplicaDisk(),
    replica: null,
    kept: null,
    files: { queued: new Set(), sent: new Set() },
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
  desk.files = { queued: new Set(from.files.queued), sent: new Set(from.files.sent) };
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
  const { window } = desk;
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
  const isNew = desk.disk.names.size === 0;
  const folder = `/sim/${desk.name}/journal`;
  const opened = await openJournal({ folder, now: nowOf(world, desk), rotateBytes: ROTATE_BYTES });
  if (opened.outcome !== 'open') return false;
  desk.kept = { journal: opened.journal, counters: await openCounters(`/sim/${desk.name}`, { isNew }) };
  return true;
}

async function openWindow(world: Around, desk: SimDesk): Promise<Replica | null> {
  const { window, kept } = desk;
  if (kept === null) return null;
  const line = createSimLine({ ...world, caller: callerOf(desk), window, state: desk.line });
  return openReplica({
    name: desk.name,
    identity: desk.identity,
    ports: {
      journal: kept.journal,
      files: createFiles(world, desk, line.sendFile),
      central: line.central,
      nextCount: kept.counters.next,
      now: nowOf(world, desk),
      random: world.random.next,
    },
    store: createSimStore(desk.replicaDisk, (label) => world.scheduler.step(window, `db ${label}`)),
    appVersion: '1.0.0',
    sleep: (ms, signal) => world.scheduler.sleep(window, ms, signal),
  }).catch(() => null);
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

function createFiles(world: Around, desk: SimDesk, send: (sha256: string) => Promise<unknown>): FileOutbox {
  const { files } = desk;
  const next = (): string | undefined => [...files.queued].find((it) => !files.sent.has(it));
  return {
    async queue(sha256) {
      await world.scheduler.step(desk.station, 'disk file');
      files.queued.add(sha256);
      return { outcome: 'queued' };
    },
    discard: async (sha256) => ({ outcome: files.queued.has(sha256) ? 'needed' : 'discarded' }),
    waiting: async () => ({ count: files.queued.size - files.sent.size, bytes: 0 }),
    async send() {
      const sha256 = next();
      if (sha256 === undefined) return { outcome: 'none-waiting' };
      const answer = (await send(sha256)) as { outcome: string };
      if (answer.outcome === 'ok') {
        files.sent.add(sha256);
        return { outcome: 'sent', sha256 };
      }
      return { outcome: 'offline' };
    },
  };
}
