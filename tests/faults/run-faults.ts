import { buildPage } from '../e2e/parts/build-page.ts';
import { befall, FAULTS, type Fault } from './parts/befall.ts';
import { type FaultsWorld, openFaultsWorld, rest } from './parts/faults-world.ts';
import { mountImageDisk } from './parts/image-disk.ts';
import { judge, lookAtDesk } from './parts/judge.ts';
import type { Verdict } from './parts/ledger.ts';
import { createRandom } from './parts/seeded-random.ts';

export type FaultsOptions = {
  /** How often each is done. */
  times: Partial<Record<Fault, number>>;
  seed: number;
  say(line: string): void;
};

export type FaultRow = { fault: Fault; times: number } & Verdict;
export type FaultsOutcome =
  | { outcome: 'done'; rows: FaultRow[]; total: Verdict; faults: string[] }
  | { outcome: 'none'; reason: string };

const DISK_MB = 320;
const WORK_MS = { low: 300, high: 2_500 };

/**
 * One desk takes cases without a pause while one fault after another befalls it, in an order of the seed; after each
 * it is looked at, and in the end the centre is. Counted: saves that were answered, and what became of them.
 */
export async function runFaults(options: FaultsOptions): Promise<FaultsOutcome> {
  const mounted = await mountImageDisk(DISK_MB);
  if (mounted.outcome === 'none') return mounted;
  const { disk } = mounted;
  let world: FaultsWorld | null = null;
  try {
    const script = await buildPage(new URL('page/desk-at-work.ts', import.meta.url));
    world = await openFaultsWorld(disk, { script, random: createRandom(options.seed) });
    return await work(world, options);
  } finally {
    await world?.close();
    await disk.remove();
  }
}

async function work(world: FaultsWorld, { times, say }: FaultsOptions): Promise<FaultsOutcome> {
  const order = world.random.shuffle(
    FAULTS.flatMap((fault) => Array.from({ length: times[fault] ?? 0 }, () => fault)),
  );
  const rows = new Map<Fault, FaultRow>();
  const faults: string[] = [];
  await world.desk.start();
  for (const [at, fault] of order.entries()) {
    world.desk.work();
    await rest(world.random.between(WORK_MS.low, WORK_MS.high));
    const found = await doOne(world, fault);
    rows.set(fault, add(rows.get(fault) ?? { fault, times: 0, ...NOTHING }, found));
    faults.push(...found.words.map((it) => `${at + 1} ${fault}: ${it}`));
    say(`${at + 1}/${order.length} ${fault}: ${found.acknowledged} saves answered${toWords(found.words)}`);
  }
  const end = await judge(world);
  faults.push(...end.faults);
  const all = [...rows.values()];
  const sum = (key: keyof Verdict): number => all.reduce((total, it) => total + it[key], 0);
  const total: Verdict = {
    acknowledged: sum('acknowledged'),
    lost: sum('lost') + end.lost,
    doubled: sum('doubled') + end.doubled,
    stuck: sum('stuck') + end.stuck,
  };
  return { outcome: 'done', rows: all, total, faults };
}

const NOTHING: Verdict = { acknowledged: 0, lost: 0, doubled: 0, stuck: 0 };
type Found = Verdict & { words: string[] };

async function doOne(world: FaultsWorld, fault: Fault): Promise<Found> {
  const stuck = await befall[fault](world);
  await world.desk.start();
  const acknowledged = world.ledger.count();
  const { lost, doubled } = await lookAtDesk(world, world.ledger.recentCaseIds());
  const words = [
    ...lost.map((it) => `lost: ${it}`),
    ...doubled.map((it) => `twice: ${it}`),
    ...stuck.map((it) => `stuck: ${it}`),
  ];
  return { acknowledged, lost: lost.length, doubled: doubled.length, stuck: stuck.length, words };
}

function add(row: FaultRow, found: Verdict): FaultRow {
  return {
    fault: row.fault,
    times: row.times + 1,
    acknowledged: row.acknowledged + found.acknowledged,
    lost: row.lost + found.lost,
    doubled: row.doubled + found.doubled,
    stuck: row.stuck + found.stuck,
  };
}

function toWords(words: readonly string[]): string {
  return words.length === 0 ? '' : `; ${words.join('; ')}`;
}
