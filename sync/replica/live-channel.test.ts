import { expect, test } from 'vitest';
import type { Failure } from '#protocol/central';
import type { Heads } from '#protocol/collection';
import { createLiveChannel } from './live-channel.ts';
import { createPokeReader } from './read-poke.ts';

/** A channel to a centre whose every word is the test's. */
function createWorld() {
  const world = { now: 0, cursor: 5, isResting: true, woken: 0, opened: 0 };
  let say: (heads: Heads) => void = () => undefined;
  let fail: (failure: Failure) => void = () => undefined;
  const live = createLiveChannel({
    central: {
      poke: (heard: (heads: Heads) => void) => {
        world.opened += 1;
        say = heard;
        return new Promise<Failure>((resolve) => {
          fail = resolve;
        });
      },
    } as never,
    cursor: async () => world.cursor,
    isResting: () => world.isResting,
    wake: () => {
      world.woken += 1;
    },
    now: () => world.now,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    world,
    live,
    async say(events: number) {
      say({ events });
      await settle();
    },
    async end(failure: Failure = { outcome: 'offline', reason: 'cut' }) {
      fail(failure);
      await settle();
    },
    async rest() {
      live.rested();
      await settle();
    },
  };
}

test('wakes the loop for a head beyond the cursor, once for each, and for no other', async () => {
  const { world, say, rest } = createWorld();
  await rest();
  await say(5);
  expect(world.woken).toBe(0);
  await say(6);
  await say(6);
  await rest();
  expect(world.woken).toBe(1);
  await say(7);
  expect(world.woken).toBe(2);
});

test('leaves a round alone that may be reading just that, and looks again when it rests', async () => {
  const { world, say, rest } = createWorld();
  await rest();
  world.isResting = false;
  await say(6);
  await say(7);
  expect(world.woken).toBe(0);
  world.isResting = true;
  world.cursor = 6;
  await rest();
  expect(world.woken).toBe(1);
});

test('is open from its first word to its end; then the loop is woken, and it waits longer each time', async () => {
  const { world, live, say, end, rest } = createWorld();
  await rest();
  const before = live.isOpen();
  await say(5);
  const during = live.isOpen();
  await end();
  expect([before, during, live.isOpen(), world.woken]).toEqual([false, true, false, 1]);
  await rest();
  expect(world.opened).toBe(1);
  world.now = 1_000;
  await rest();
  await end();
  world.now = 2_500;
  await rest();
  expect(world.opened).toBe(2);
  world.now = 3_000;
  await rest();
  expect(world.opened).toBe(3);
});

test('after a long life it is opened anew at once; where there is no such channel it is let be', async () => {
  const { world, say, end, rest } = createWorld();
  await rest();
  await say(5);
  world.now = 60_000;
  await end();
  await rest();
  expect(world.opened).toBe(2);
  await end({ outcome: 'refused', code: 'not-found' });
  world.now += 500_000;
  await rest();
  expect(world.opened).toBe(2);
});

test('heads are read out of pieces, past heartbeats and whatever else comes', () => {
  const heard: Heads[] = [];
  const take = createPokeReader((it) => heard.push(it));
  for (const piece of [':\n\nda', 'ta: {"events":1}\n', '\n:\n\ndata: {"ev', 'ents":2,"cases":3}\n\n'])
    take(piece);
  for (const piece of ['data: {"events":-1}\n\n', 'data: <html>\n\n', 'event: x\n\n']) take(piece);
  expect(heard).toEqual([{ events: 1 }, { events: 2, cases: 3 }]);
});
