import { findDisagreement, findEndFaults, isInSync } from './check-world.ts';
import { workAt } from './clerk-work.ts';
import { damage, isWhole, loadAgain, repair } from './damage.ts';
import { calmDown, goWrong } from './go-wrong.ts';
import { findUncounted, findUnread, updateAll } from './older-programs.ts';
import { settled } from './scheduler.ts';
import { start, stop } from './sim-desk.ts';
import { unmountAll } from './sim-fs.ts';
import { hearUnheard } from './unheard.ts';
import { createWorld, type PlayOptions, reportBug, type World } from './world.ts';

/** After the last fault. By then a desk that was told to wait has waited, more than once. */
const LONGEST_CALM_MS = 6 * 3_600_000;
const MOST_CALM_TURNS = 40_000;
/** Long enough for another round of every desk: what it says then is no passing state. In some histories, as it takes long. */
const QUIET_MS = 17_000;
const LONG_QUIET_SHARE = 0.3;
/** Of histories with damage: while they grow, few copies are there to be damaged. */
const DAMAGED_AT_REST = 0.4;

export type History = {
  seed: number;
  saved: number;
  faults: Record<string, number>;
  /** What must never be true; empty when all is well. */
  violations: string[];
  trace: readonly string[];
};

/** One history: for so many steps chance lets clerks work and things go wrong; then calm, and all must agree. */
export async function playHistory(seed: number, steps = 200, options: PlayOptions = {}): Promise<History> {
  const world = createWorld(seed, options);
  world.repair = (desk) => repair(world, desk);
  const endHearing = hearUnheard(world);
  try {
    await runWild(world, steps);
    calmDown(world);
    await untilQuiet(world);
    await lookAgain(world);
    const { violations, saved, opened, counted, scheduler } = world;
    violations.push(...findEndFaults(world));
    return {
      seed,
      saved: saved.length + opened.length,
      faults: counted,
      violations,
      trace: scheduler.trace,
    };
  } finally {
    for (const desk of world.desks) stop(world, desk);
    unmountAll();
    endHearing();
  }
}

async function runWild(world: World, steps: number): Promise<void> {
  const { random, scheduler, desks } = world;
  for (const desk of desks) void start(world, desk).catch(reportBug(world));
  for (let step = 0; step < steps; step += 1) {
    const choice = random.next();
    if (choice < 0.16) void workAt(world, random.pick(desks)).catch(reportBug(world));
    else if (choice < 0.22) goWrong(world);
    else if (choice < 0.28) void start(world, random.pick(desks)).catch(reportBug(world));
    else await scheduler.turn();
    // What begins here is killed where it waits for the world, and not in the middle of a thought.
    await settled();
  }
}

async function untilQuiet(world: World): Promise<void> {
  const { scheduler, random } = world;
  const quietMs = random.chance(LONG_QUIET_SHARE) ? QUIET_MS : 0;
  const until = scheduler.now() + LONGEST_CALM_MS;
  let quietSince = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < MOST_CALM_TURNS && scheduler.now() < until; turn += 1) {
    startAll(world);
    if (turn % 10 === 0) quietSince = isQuiet(world) ? Math.min(quietSince, scheduler.now()) : Infinity;
    if (scheduler.now() - quietSince > quietMs) break;
    await scheduler.turn();
  }
}

/**
 * Windows are loaded again where copies were damaged, and find it; and the update comes to the last desks of an older
 * program, which see what they could not read.
 */
async function lookAgain(world: World): Promise<void> {
  const { desks, violations, central, random } = world;
  if (random.chance(DAMAGED_AT_REST)) damage(world, random.pick(desks));
  const older = desks.filter((it) => it.isOlder);
  const damaged = desks.filter((it) => it.isDamaged && !it.isOlder);
  violations.push(...older.filter((it) => !it.isDamaged).flatMap(findUncounted));
  for (const desk of damaged) loadAgain(world, desk);
  await updateAll(world);
  if (older.length + damaged.length > 0) await untilQuiet(world);
  violations.push(...desks.flatMap((it) => findDisagreement(it, central)).map((it) => `stuck: ${it}`));
  for (const desk of older) violations.push(...(await findUnread(world, desk)));
}

function isQuiet({ desks, central }: World): boolean {
  return desks.every((desk) => isInSync(desk, central) && isWhole(desk));
}

function startAll(world: World): void {
  for (const desk of world.desks) {
    if (desk.window.isDead) void start(world, desk).catch(reportBug(world));
  }
}
