import { forgetGone, publish } from './centre-work.ts';
import { forgiveWhatNobodyHolds, oweFor } from './owed.ts';
import { cloneDesk, pullPlug, reload, type SimDesk, stop } from './sim-desk.ts';
import { createReplicaDisk } from './sim-store.ts';
import { CENTRE, type World } from './world.ts';

const DAY_MS = 86_400_000;
const MOST_DESKS = 5;

type Fault = { name: string; share: number; run(world: World, desk: SimDesk): void };

/** Everything that goes wrong, and how often beside the others. */
const FAULTS: readonly Fault[] = [
  { name: 'window reloaded', share: 4, run: reload },
  { name: 'station killed', share: 3, run: stop },
  { name: 'power cut', share: 5, run: pullPlug },
  { name: 'line cut', share: 4, run: (_, { line }) => set(line, { isCut: true }) },
  { name: 'line back', share: 5, run: (_, { line }) => set(line, { isCut: false }) },
  { name: 'bad line', share: 3, run: ({ random }, { line }) => set(line, { trouble: random.next() * 0.9 }) },
  { name: 'disk full', share: 2, run: (_, { disk }) => set(disk, { isFull: true }) },
  { name: 'database full', share: 2, run: (_, { replicaDisk }) => set(replicaDisk, { isFull: true }) },
  { name: 'space again', share: 5, run: (_, desk) => freeSpace(desk) },
  { name: 'clock moved', share: 2, run: moveClock },
  { name: 'program too old', share: 1, run: (_, { line }) => set(line, { isOld: true }) },
  { name: 'program updated', share: 2, run: (_, { line }) => set(line, { isOld: false }) },
  { name: 'revoked', share: 1, run: (world, desk) => revoke(world, desk, world.scheduler.now()) },
  { name: 'admitted again', share: 2, run: (world, desk) => revoke(world, desk, null) },
  { name: 'database lost', share: 2, run: loseDatabase },
  { name: 'central killed', share: 3, run: ({ central }) => central.crash() },
  { name: 'central started', share: 6, run: ({ central }) => central.start() },
  { name: 'central backed up', share: 2, run: ({ central }) => central.backUp() },
  { name: 'central restored', share: 1, run: restore },
  { name: 'catalogue published', share: 4, run: publish },
  { name: 'catalogue compacted', share: 3, run: forgetGone },
  { name: 'disk cloned', share: 1, run: clone },
  { name: 'desk destroyed', share: 1, run: destroy },
];
const ALL_SHARES = FAULTS.reduce((sum, it) => sum + it.share, 0);

/** One of the faults, to one of the desks. */
export function goWrong(world: World): void {
  const { random, scheduler, counted, desks } = world;
  const at = random.next() * ALL_SHARES;
  let below = 0;
  const fault = FAULTS.find(({ share }) => {
    below += share;
    return at < below;
  });
  if (fault === undefined) return;
  const desk = random.pick(desks);
  counted[fault.name] = (counted[fault.name] ?? 0) + 1;
  scheduler.trace.push(`-- ${fault.name} ${desk.name}`);
  fault.run(world, desk);
}

/** From now on nothing goes wrong. */
export function calmDown(world: World): void {
  world.scheduler.trace.push('-- calm');
  world.central.start();
  for (const desk of world.desks) {
    freeSpace(desk);
    set(desk.line, { isCut: false, trouble: 0, isOld: false });
    desk.skewMs = 0;
    revoke(world, desk, null);
  }
}

function set<T extends object>(it: T, change: Partial<T>): void {
  Object.assign(it, change);
}

function freeSpace({ disk, replicaDisk }: SimDesk): void {
  disk.isFull = false;
  replicaDisk.isFull = false;
}

function moveClock({ random }: World, desk: SimDesk): void {
  desk.skewMs = random.below(6 * DAY_MS) - 3 * DAY_MS;
}

function loseDatabase(world: World, desk: SimDesk): void {
  stop(world, desk);
  desk.replicaDisk = createReplicaDisk();
  forgiveWhatNobodyHolds(world);
}

function revoke({ central }: World, { identity }: SimDesk, moment: number | null): void {
  central.revoke(identity, moment);
}

function restore(world: World): void {
  const { central, random } = world;
  central.crash();
  central.restore(random.chance(0.5));
  central.start();
  forgiveWhatNobodyHolds(world);
}

/** Stolen, burnt: neither it nor its disk comes back. */
function destroy(world: World, desk: SimDesk): void {
  const { desks } = world;
  const others = desks.filter((it) => it !== desk && it.identity.centreId === CENTRE);
  if (desk.identity.centreId !== CENTRE || others.length < 2) return;
  stop(world, desk);
  desks.splice(desks.indexOf(desk), 1);
  oweFor(world, desk);
}

/** As an imaging program does it: with the computer switched off. */
function clone(world: World, desk: SimDesk): void {
  if (world.desks.length >= MOST_DESKS || desk.replica === null) return;
  stop(world, desk);
  // A disk's name is its own, also beside that of a clone that is gone.
  world.desks.push(cloneDesk(world.scheduler, desk, `${desk.name}-clone-${world.counted['disk cloned']}`));
}
