import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { eraseStation } from '#station/erase-station';
import { type RecoverySecret, readRecoverySecret } from '#station/recovery-key';
import { makeRecoveryKey } from '../../../sync/server/commands/make-recovery-key.ts';
import { KEY_WORKS, type KeyWork } from './key-works.ts';
import { look, lookAsAuthority, type Place, plant } from './planted-station.ts';

/** `neither`: the station was neither before nor after, or something in it did not open. */
export type KeyFaultRow = { work: KeyWork; kills: number; neither: number };
export type KeyFaults = { rows: KeyFaultRow[]; faults: string[] };

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const NEVER = 0;

type World = { folder: string; program: string; authority: RecoverySecret; authorityFile: string };

/** Kills each work on the keys at each of its steps on the disk, with SIGKILL, and looks at what the next start finds. */
export async function runKeyFaults({
  every = 1,
  say = () => undefined,
}: {
  /** Each so many steps: from a first one that is drawn. */
  every?: number;
  say?(line: string): void;
} = {}): Promise<KeyFaults> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-key-faults-'));
  try {
    const world = await openWorld(folder);
    const faults: string[] = [];
    const rows: KeyFaultRow[] = [];
    for (const work of Object.keys(KEY_WORKS) as KeyWork[]) {
      const { kills, found } = await killAtSteps(world, work, every);
      faults.push(...found.map((it) => `${work}: ${it}`));
      rows.push({ work, kills, neither: found.length });
      say(`${work}: killed at ${kills} steps, ${found.length} wrong`);
    }
    return { rows, faults };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openWorld(folder: string): Promise<World> {
  const outDir = join(folder, 'program');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      emptyOutDir: false,
      ssr: fileURLToPath(new URL('keys-at-work.ts', import.meta.url)),
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'work.mjs' } },
    },
  });
  const authorityFile = join(folder, 'authority.jwk');
  await makeRecoveryKey(authorityFile);
  const authority = readRecoverySecret(await readFile(authorityFile, 'utf8'));
  if (authority === null) throw new Error('the pair that was made is none');
  const world = { folder, program: join(outDir, 'work.mjs'), authority, authorityFile };
  await plant(await newPlace(world, 'planted'), authority);
  await plant(await newPlace(world, 'planted without an authority'), null);
  const erased = await newPlace(world, 'erased');
  await plant(erased, authority);
  await eraseStation(erased.data, 'revoked', Date.now());
  await newPlace(world, 'nothing');
  return world;
}

async function newPlace({ folder }: World, name: string): Promise<Place> {
  const place = { data: join(folder, name, 'data'), home: join(folder, name, 'home') };
  for (const it of Object.values(place)) await mkdir(it, { recursive: true });
  return place;
}

/** Until it comes to its end before the step. */
async function killAtSteps(
  world: World,
  work: KeyWork,
  every: number,
): Promise<{ kills: number; found: string[] }> {
  const found: string[] = [];
  for (let [step, kills] = [randomInt(every) + 1, 0]; ; step += every, kills += 1) {
    const place = await copyPlace(world, KEY_WORKS[work].from, 'under-way');
    const isDone = await run(world, work, place, step);
    found.push(...(await findFaults(world, work, place)).map((it) => `step ${step}: ${it}`));
    if (isDone) return { kills, found };
  }
}

async function findFaults(world: World, work: KeyWork, place: Place): Promise<string[]> {
  const faults: string[] = [];
  const { from, after } = KEY_WORKS[work];
  // Nothing was there, and nobody was told that anything was kept: it is simply done again.
  if (from === 'nothing') return (await run(world, work, place, NEVER)) ? [] : ['it cannot be set up'];
  const copy = await copyPlace(world, 'under-way', 'seen by the authority');
  const { state, lost } = await look(place);
  if (!(after as readonly string[]).includes(state)) faults.push(`it is ${state}`);
  faults.push(...lost.map((it) => `${it} does not open`));
  if (from !== 'planted without an authority') {
    const elsewhere = { ...copy, home: join(copy.home, 'elsewhere') };
    const seen = await lookAsAuthority(elsewhere, world.authority);
    if (seen.state !== 'open' || seen.lost.length > 0) {
      faults.push(`for the authority it is ${seen.state}, without ${seen.lost.join(', ') || 'a loss'}`);
    }
  }
  if (!(await run(world, work, place, NEVER))) faults.push('it cannot be done again');
  return faults;
}

async function copyPlace(world: World, from: string, to: string): Promise<Place> {
  await rm(join(world.folder, to), { recursive: true, force: true });
  await cp(join(world.folder, from), join(world.folder, to), { recursive: true });
  return { data: join(world.folder, to, 'data'), home: join(world.folder, to, 'home') };
}

/** Whether it came to its end. */
function run({ program, authorityFile }: World, work: KeyWork, place: Place, step: number): Promise<boolean> {
  const args = [program, work, place.data, place.home, authorityFile, String(step)];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error, _said, problem) => {
      if (error === null) resolve(true);
      else if (error.signal === 'SIGKILL') resolve(false);
      else reject(new Error(`${work} at step ${step}: ${problem}`));
    });
  });
}
