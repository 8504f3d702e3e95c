import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAYS, type Day, LINES } from './line-profiles.ts';
import { openThinWorld, type ThinWorld } from './open-thin-world.ts';

/** On real IP: packets wait, get lost and vanish, and TCP does what it does. */
let world: ThinWorld | undefined;
beforeAll(async () => {
  const opened = await openThinWorld();
  if (opened.outcome === 'none') process.stdout.write(`no emulated line: ${opened.reason}\n`);
  else world = opened;
});
afterAll(() => world?.close());

/** Events of a case with so many scans: it is opened, and each is added. */
const withScans = (many: number): number => 1 + many;

/** What another desk records and sends while the line carries anything; where the streams end then. */
async function moveOn({ line, ...world }: ThinWorld, name: string) {
  await line.shape(LINES.none);
  await world.openDesk(name);
  await world.record(name, 24);
  await world.record(name, 12);
  await world.syncTo(name, {});
  const { events = 0, cases = 0 } = await world.cursors(name);
  await world.closeDesk(name);
  return { events, cases };
}

function pass(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}

test('over 2G and a blackout everything comes once, and without a restart', async (context) => {
  if (world === undefined) return context.skip();
  const { line } = world;
  await world.openDesk('far');
  await world.openDesk('near');
  await world.syncTo('near', {});
  await line.shape(LINES['2g']);
  await world.record('far', 300);
  const sent = world.syncTo('far', {});
  await line.darken(true);
  // Longer than the silence after which a desk leaves a request.
  await pass(15);
  await line.darken(false);
  await sent;
  const head = await world.cursors('far');
  await world.syncTo('near', { events: head.events ?? 0, cases: head.cases ?? 0 });

  expect(head.events).toBe(300);
  expect(await world.cursors('near')).toMatchObject({ events: 300, cases: head.cases });
  await world.closeDesk('near');
  await world.closeDesk('far');
});

/** A desk's first round on such a day, with what it has recorded; and then its own part of the day. */
async function live({ line, ...world }: ThinWorld, name: string, day: Day, head: { events: number }) {
  if (day.isDarkFirst === true) await line.darken(true);
  await world.record(name, 24);
  await world.recordScans(name, [20_000]);
  const synced = world.syncTo(name, head);
  if (day.isDarkFirst === true) await pass(12);
  await line.darken(false);
  if (day.hasPortal === true) await pass(4);
  if (day.hasPortal === true) await world.setPortal(false);
  if (day.losesPower !== true) return synced;
  await pass(0.7);
  await line.forget();
  await world.restart(name);
  return world.syncTo(name, head);
}

test.each(Object.entries(DAYS) as [string, Day][])(
  'a whole round on %s ends in sync, with the cases as the centre has them',
  async (name, day) => {
    if (world === undefined) return;
    const head = await moveOn(world, `${name}, other`);
    const { hasPortal = false, nameMs, clockOffsetMs } = day;
    await world.openDesk(name, {
      isBehindPortal: hasPortal,
      ...(nameMs === undefined ? {} : { nameMs }),
      ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    });
    if (hasPortal) await world.setPortal(true);
    await world.line.shape(day.line);
    await live(world, name, day, head);
    await world.rest(name);
    await world.line.shape(LINES.none);

    expect(await world.cursors(name)).toMatchObject({ events: head.events + 24 + withScans(1) });
    expect(await world.scanBytesLeft(name)).toBe(0);
    expect(await world.findDifferent(name)).toEqual([]);
    await world.closeDesk(name);
  },
);

/** The slower way of the line below; bytes a millisecond are an eighth of it. */
const BOUND_KBPS = 64;

test('after the last fault everything is in sync within three times the transfer and a minute', async (context) => {
  if (world === undefined) return context.skip();
  const { line } = world;
  const head = await moveOn(world, 'Bound, other');
  await world.openDesk('Bound', { isBehindPortal: true });
  await line.shape(LINES.thin);
  expect(LINES.thin.up.kbps).toBe(BOUND_KBPS);
  for (let cases = 0; cases < 5; cases++) await world.record('Bound', 12);
  await world.recordScans('Bound', [150_000, 60_000]);
  const synced = world.syncTo('Bound', head);
  await pass(3);
  await line.darken(true);
  await pass(12);
  await line.darken(false);
  await pass(3);
  await line.cut(1_000);
  await pass(3);
  await line.forget();
  await pass(4);
  await world.setPortal(true);
  await pass(9);
  await world.setPortal(false);
  await line.darken(true);
  await pass(5);
  await line.darken(false);
  const bytesLeft = await world.scanBytesLeft('Bound');
  const rightAgainAt = performance.now();
  await synced;
  const ms = performance.now() - rightAgainAt;
  await world.rest('Bound');
  await line.shape(LINES.none);

  expect(bytesLeft).toBeGreaterThan(0);
  expect(ms).toBeLessThan((3 * bytesLeft) / (BOUND_KBPS / 8) + 60_000);
  expect(await world.cursors('Bound')).toMatchObject({ events: head.events + 60 + withScans(2) });
  expect(await world.findDifferent('Bound')).toEqual([]);
});
