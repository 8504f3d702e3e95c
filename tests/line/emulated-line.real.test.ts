import { afterAll, beforeAll, expect, test } from 'vitest';
import { LINES } from './line-profiles.ts';
import { openThinWorld, type ThinWorld } from './open-thin-world.ts';

/** On real IP: packets wait, get lost and vanish, and TCP does what it does. */
let world: ThinWorld | undefined;
beforeAll(async () => {
  const opened = await openThinWorld();
  if (opened.outcome === 'none') process.stdout.write(`no emulated line: ${opened.reason}\n`);
  else world = opened;
});
afterAll(() => world?.close());

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
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  await line.darken(false);
  await sent;
  const head = await world.cursors('far');
  await world.syncTo('near', { events: head.events ?? 0, cases: head.cases ?? 0 });

  expect(head.events).toBe(300);
  expect(await world.cursors('near')).toMatchObject({ events: 300, cases: head.cases });
});
