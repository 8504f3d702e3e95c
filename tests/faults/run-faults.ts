import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { findCentralFaults, readCases, readEvents } from '../e2e/parts/central-faults.ts';
import { type ImageDisk, mountImageDisk } from './parts/image-disk.ts';
import { createLedger, type Ledger, type Verdict } from './parts/ledger.ts';
import { type MortalCentral, openMortalCentral } from './parts/mortal-central.ts';
import { createRandom, type Random } from './parts/seeded-random.ts';
import { openWorkingDesk, type WorkingDesk } from './parts/working-desk.ts';

export const FAULTS = ['cut', 'browser', 'station', 'server', 'disk', 'clock'] as const;
export type Fault = (typeof FAULTS)[number];

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

type World = {
  disk: ImageDisk;
  central: MortalCentral;
  desk: WorkingDesk;
  ledger: Ledger;
  random: Random;
  clockOffsetMs: number;
  clockWasWrong: boolean;
};

const DISK_MB = 320;
const WORK_MS = { low: 300, high: 2_500 };
const THREE_DAYS_MS = 3 * 86_400_000;
/** Nothing may take longer to be sent once everything works again. */
const SETTLED_MS = 120_000;

/**
 * One desk takes cases without a pause while one fault after another befalls it, in an order of the seed; after each
 * it is looked at, and in the end the centre is. Counted: saves that were answered, and what became of them.
 */
export async function runFaults(options: FaultsOptions): Promise<FaultsOutcome> {
  const mounted = await mountImageDisk(DISK_MB);
  if (mounted.outcome === 'none') return mounted;
  const { disk } = mounted;
  const central = await openMortalCentral();
  const ledger = createLedger();
  let desk: WorkingDesk | null = null;
  try {
    const script = await buildScript();
    desk = await openWorkingDesk({
      folder: disk.folder,
      central: central.url,
      script,
      told: ledger.told,
    });
    const random = createRandom(options.seed);
    return await work(
      { disk, central, desk, ledger, random, clockOffsetMs: 0, clockWasWrong: false },
      options,
    );
  } finally {
    await desk?.kill();
    await desk?.close();
    await disk.remove();
    await central.close();
  }
}

async function work(world: World, { times, say }: FaultsOptions): Promise<FaultsOutcome> {
  const order = world.random.shuffle(
    FAULTS.flatMap((fault) => Array.from({ length: times[fault] ?? 0 }, () => fault)),
  );
  const rows = new Map<Fault, FaultRow>();
  const faults: string[] = [];
  await world.desk.start();
  for (const [at, fault] of order.entries()) {
    world.desk.work();
    await rest(world.random.between(WORK_MS.low, WORK_MS.high));
    await DO[fault](world);
    const acknowledged = world.ledger.count();
    const found = await lookAtDesk(world, world.ledger.recentCaseIds());
    const row = rows.get(fault) ?? { fault, times: 0, acknowledged: 0, lost: 0, doubled: 0, stuck: 0 };
    rows.set(fault, {
      ...row,
      times: row.times + 1,
      acknowledged: row.acknowledged + acknowledged,
      lost: row.lost + found.lost.length,
      doubled: row.doubled + found.doubled.length,
    });
    const words = [...found.lost.map((it) => `lost: ${it}`), ...found.doubled.map((it) => `twice: ${it}`)];
    faults.push(...words.map((it) => `${at + 1} ${fault}: ${it}`));
    say(`${at + 1}/${order.length} ${fault}: ${acknowledged} saves answered${toWords(words)}`);
  }
  const end = await judge(world);
  faults.push(...end.faults);
  const all = [...rows.values()];
  const sum = (key: keyof Verdict): number => all.reduce((total, it) => total + it[key], 0);
  const total: Verdict = {
    acknowledged: sum('acknowledged'),
    lost: sum('lost') + end.lost,
    doubled: sum('doubled') + end.doubled,
    stuck: end.stuck,
  };
  return { outcome: 'done', rows: all, total, faults };
}

const DO: Record<Fault, (world: World) => Promise<void>> = {
  async cut({ disk, desk, clockOffsetMs }) {
    await disk.cutPower(desk.kill);
    await desk.start(clockOffsetMs);
  },
  async browser({ desk, clockOffsetMs }) {
    await desk.killBrowser();
    await desk.start(clockOffsetMs);
  },
  async station({ desk, clockOffsetMs }) {
    await desk.killStation();
    await desk.start(clockOffsetMs);
  },
  async server({ central, random, desk, clockOffsetMs }) {
    await central.kill();
    await rest(random.between(0, 1_000));
    await central.start();
    await desk.start(clockOffsetMs);
  },
  async disk({ disk, desk, random, clockOffsetMs }) {
    const empty = await disk.fill(random.between(0, 2) * 200_000);
    await rest(random.between(500, 2_000));
    await empty();
    await desk.killBrowser();
    await desk.start(clockOffsetMs);
  },
  /** Wrong by three days, forward or back, or right again: from the next start of the window on. */
  async clock(world) {
    const { desk, random, clockOffsetMs } = world;
    const wrong = random.between(0, 2) === 0 ? THREE_DAYS_MS : -THREE_DAYS_MS;
    world.clockOffsetMs = clockOffsetMs === 0 ? wrong : 0;
    world.clockWasWrong = true;
    await desk.start(world.clockOffsetMs);
  },
};

async function lookAtDesk({ desk, ledger }: World, caseIds: readonly string[]) {
  const seen = await desk.look(caseIds);
  const more = await desk.look(ledger.missingDrafts(seen));
  return ledger.faultsOf({ drafts: more.drafts, cases: [...seen.cases, ...more.cases] });
}

/** Everything works again: what the desk has, what the centre has, and whether anything still waits. */
async function judge(world: World) {
  const { central, desk, ledger } = world;
  await desk.start();
  const until = Date.now() + SETTLED_MS;
  let standing = await desk.standing();
  while ((standing.waiting > 0 || standing.phase !== 'idle') && Date.now() < until) {
    await rest(250);
    standing = await desk.standing();
  }
  const here = await lookAtDesk(world, ledger.caseIds());
  const events = await readEvents(central);
  const eventIds = new Set(events.map((it) => it.event_id));
  const numbers = new Map((await readCases(central)).map((it) => [it.id, it.number]));
  const lost = [
    ...here.lost,
    ...ledger.eventIds().flatMap((id) => (eventIds.has(id) ? [] : [`event ${id} at the centre`])),
    ...[...ledger.cases()].flatMap(([id, number]) =>
      numbers.get(id) === number ? [] : [`case ${number} at the centre`],
    ),
  ];
  const openings = events.filter((it) => it.event.type === 'case.opened').map((it) => it.case_id);
  const doubled = [
    ...here.doubled,
    ...openings.filter((id, at) => openings.indexOf(id) !== at).map((id) => `case ${id} opened again`),
    ...(await findCentralFaults(central)).filter((it) => !isOfWrongClock(it, world)),
  ];
  const stuck = standing.waiting + standing.needsYou + (standing.phase === 'idle' ? 0 : 1);
  const faults = [
    ...lost.map((it) => `end: lost: ${it}`),
    ...doubled.map((it) => `end: twice or out of order: ${it}`),
    ...(stuck === 0 ? [] : [`end: stuck: ${JSON.stringify(standing)}`]),
  ];
  return { lost: lost.length, doubled: doubled.length, stuck, faults };
}

/** The centre brings hybrid times that are days ahead back to its own; who folds the events again does not. */
function isOfWrongClock(fault: string, { clockWasWrong }: World): boolean {
  return clockWasWrong && fault.endsWith('is not its events');
}

async function buildScript(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('page/desk-at-work.ts', import.meta.url)),
        formats: ['iife'],
        name: 'deskAtWorkScript',
      },
    },
  });
  const [output] = (Array.isArray(made) ? made : [made]) as Rolldown.RolldownOutput[];
  const chunk = output?.output[0];
  if (chunk === undefined) throw new Error('the page could not be built');
  return chunk.code;
}

function toWords(words: readonly string[]): string {
  return words.length === 0 ? '' : `; ${words.join('; ')}`;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
