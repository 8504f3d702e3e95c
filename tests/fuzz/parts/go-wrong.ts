import { forgetGone, publish } from './centre-work.ts';
import { workAt } from './clerk-work.ts';
import { closeDatabase, damage, makeAnew } from './damage.ts';
import { putBack, update } from './older-programs.ts';
import { forgiveWhatNobodyHolds, oweFor } from './owed.ts';
import { cloneDesk, pullPlug, reload, type SimDesk, start, stop } from './sim-desk.ts';
import { createReplicaDisk } from './sim-store.ts';
import { CENTRE, reportBug, type World } from './world.ts';

const DAY_MS = 86_400_000;
const MOST_DESKS = 5;
const SOON_MS = 8_000;

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
  { name: 'program refused', share: 1, run: (_, { line }) => set(line, { isOld: true }) },
  { name: 'program served again', share: 2, run: (_, { line }) => set(line, { isOld: false }) },
  { name: 'program updated', share: 2, run: update },
  { name: 'older program put back', share: 1, run: putBack },
  { name: 'revoked', share: 1, run: (world, desk) => revoke(world, desk, world.scheduler.now()) },
  { name: 'admitted again', share: 2, run: (world, desk) => revoke(world, desk, null) },
  { name: 'database lost', share: 2, run: loseDatabase },
  { name: 'central killed', share: 3, run: ({ central }) => central.crash() },
  { name: 'central started', share: 6, run: ({ central }) => central.start() },
  { name: 'central backed up', share: 2, run: ({ central }) => central.backUp() },
  { name: 'central restored', share: 1, run: restore },
  { name: 'catalogue published', share: 3, run: publish },
  { name: 'catalogue compacted', share: 2, run: forgetGone },
  { name: 'copy damaged', share: 2, run: damage },
  { name: 'database closed', share: 1, run: closeDatabase },
  {
    name: 'database stands still',
    share: 1,
    run: (_, { replicaDisk }) => set(replicaDisk, { isStill: true }),
  },
  { name: 'database of a clone lost', share: 1, run: loseOfTwins },
  { name: 'disk cloned', share: 2, run: clone },
  { name: 'desk destroyed', share: 1, run: destroy },
];
/** How much more often those happen that a history is to have often. */
const OFTEN = 15;

/** One of the faults, to one of the desks. */
export function goWrong(world: World): void {
  const { random, scheduler, counted, desks, often } = world;
  const shareOf = ({ name, share }: Fault): number => (often.includes(name) ? OFTEN * share : share);
  const at = random.next() * FAULTS.reduce((sum, it) => sum + shareOf(it), 0);
  let below = 0;
  const fault = FAULTS.find((it) => {
    below += shareOf(it);
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
    // Somebody presses the button, or starts the program again.
    if (desk.replicaDisk.closed !== 'no') loseDatabase(world, desk);
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
  makeAnew(world, desk);
}

/** One of two with one id begins anew while the other goes on: what it reads, the other is just writing. */
function loseOfTwins(world: World): void {
  const { desks, random } = world;
  const twins = desks.filter((it) => desks.some((other) => other !== it && isTwin(other, it)));
  if (twins.length === 0) return;
  const desk = random.pick(twins);
  loseDatabase(world, desk);
  void start(world, desk).catch(reportBug(world));
  for (const it of twins) if (isTwin(it, desk)) workSoon(world, it);
}

/** Whoever is there has much to do, also when it is calm again. */
function workSoon(world: World, desk: SimDesk): void {
  const { scheduler, random } = world;
  const clerk = { name: `clerk of ${desk.name}`, isDead: false };
  for (let times = 0; times < 6; times += 1) {
    const work = () => workAt(world, desk);
    void scheduler.sleep(clerk, random.below(SOON_MS)).then(work).catch(reportBug(world));
  }
}

const isTwin = (a: SimDesk, b: SimDesk): boolean => a.identity.device === b.identity.device;

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
  const made = cloneDesk(world.scheduler, desk, `${desk.name}-clone-${world.counted['disk cloned']}`);
  // Or of the station's folder alone.
  if (world.random.chance(0.5)) made.replicaDisk = createReplicaDisk();
  world.desks.push(made);
}
