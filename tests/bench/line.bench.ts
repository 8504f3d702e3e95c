import { LINES } from '../line/line-profiles.ts';
import { openThinWorld, type ThinWorld } from '../line/open-thin-world.ts';
import type { Cursors } from '../line/thin-desk.ts';
import { type Measured, percentile } from './measured.ts';
import { keepOpen } from './parts/keep-open.ts';
import { measureEventBytes } from './parts/measure-event-bytes.ts';
import { measurePacked } from './parts/measure-packed.ts';
import { measurePoke } from './parts/measure-poke.ts';

const EVENTS = 1_500;
const ROUNDS = 5;
const OUTAGES_S = [40, 90];

/**
 * What the sync makes of a line that can hardly carry: 128 kbit/s down, 64 up, 600 ms, one packet of 200 lost.
 *
 * The rows over the emulated line need root and Linux; elsewhere they are left out and the reason is printed.
 */
export async function run(): Promise<Measured[]> {
  return [...(await measureEventBytes()), ...(await measurePoke()), ...(await measureLine())];
}

async function measureLine(): Promise<Measured[]> {
  const world = await openThinWorld();
  if (world.outcome === 'none') {
    process.stdout.write(`without the rows of the emulated line: ${world.reason}\n`);
    return [];
  }
  return keepOpen(async (keep) => {
    keep(world);
    await world.openDesk('far');
    // Its connections are to know this line alone: TCP sends as the line was a moment ago.
    await world.line.shape(LINES.thin);
    await world.openDesk('near');
    await world.syncTo('near', {});
    await world.rest('near');
    const rows = [await measureDown(world), ...(await measureNoChange(world))];
    for (const seconds of OUTAGES_S) rows.push(await measureOutage(world, seconds));
    for (const it of ['near', 'far']) await world.closeDesk(it);
    rows.push(...(await measurePacked(world)));
    return rows;
  });
}

/** Another desk's events, recorded and sent while this one's line is away; where its streams end then. */
async function moveOn(world: ThinWorld): Promise<Cursors> {
  await world.line.shape(LINES.none);
  // Twelve events a case, as a case has.
  for (let recorded = 0; recorded < EVENTS; recorded += 12) await world.record('far', 12);
  await world.syncTo('far', {});
  await world.rest('far');
  const { events = 0, cases = 0 } = await world.cursors('far');
  return { events, cases };
}

async function measureDown(world: ThinWorld): Promise<Measured> {
  const [ours, floors]: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const head = await moveOn(world);
    await world.line.shape(LINES.thin);
    const before = await world.bodies();
    ours?.push((await world.syncTo('near', head)).ms);
    await world.rest('near');
    floors?.push((await world.bare((await world.bodies()) - before)).ms);
  }
  return {
    name: `${EVENTS} events and their cases down a thin line; floor: as many bytes barely`,
    value: percentile(ours ?? [], 0.5),
    unit: 'ms',
    floor: percentile(floors ?? [], 0.5),
    target: 1.25,
  };
}

/** A round that finds nothing, on a connection that is there, with every header of IP and TCP. */
async function measureNoChange(world: ThinWorld): Promise<Measured[]> {
  await world.line.shape(LINES.adsl);
  await world.syncTo('near', {});
  await world.rest('near');
  await settle(world);
  const before = await world.line.crossed();
  await world.syncTo('near', {});
  await world.rest('near');
  const after = await settle(world);
  const [up, down] = [after.up - before.up, after.down - before.down];
  const row = { unit: 'bytes', target: 1_024 } as const;
  return [
    { name: 'a sync that finds nothing, up', value: up, ...row },
    { name: 'a sync that finds nothing, down', value: down, ...row },
  ];
}

/** When the last packets of a closing channel have crossed. */
async function settle(world: ThinWorld) {
  for (let last = -1; ; ) {
    const crossed = await world.line.crossed();
    if (crossed.up + crossed.down === last) return crossed;
    last = crossed.up + crossed.down;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** The line goes dark in the middle of a transfer, and nobody is told. */
async function measureOutage(world: ThinWorld, seconds: number): Promise<Measured> {
  const head = await moveOn(world);
  await world.line.shape(LINES.thin);
  const before = await world.bodies();
  const startedAt = performance.now();
  const synced = world.syncTo('near', head);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await world.line.darken(true);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  await world.line.darken(false);
  await synced;
  const ms = performance.now() - startedAt;
  await world.rest('near');
  const bytes = (await world.bodies()) - before;
  const bare = await world.bare(bytes);
  return {
    name: `the same with ${seconds} s of darkness in it; floor: darkness and bare transfer`,
    value: ms,
    unit: 'ms',
    floor: seconds * 1_000 + bare.ms,
    target: 1.1,
  };
}
