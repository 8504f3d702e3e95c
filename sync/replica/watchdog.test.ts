import { expect, test, vi } from 'vitest';
import { createWorld, details, toDraft } from './replica.fixture.ts';
import type { Sleep } from './sync-loop.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });
/** It looks all the time; nothing else that waits comes to its end. */
const sleep: Sleep = (ms, signal) =>
  ms === 5_000
    ? new Promise((resolve) => setTimeout(resolve, 1))
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test.each(['hello', 'pull events', 'pull cases'])(
  'a %s that is never answered is given up, and the next round does all of it',
  async (name) => {
    const world = createWorld();
    const other = await world.createDesk('desk-2').open();
    await other.openCase(toDraft(), details);
    other.sync.start();
    await until(() => world.central.events.length === 1 && other.sync.status().phase === 'idle');
    const desk = world.createDesk('desk-1');
    let hung = 0;
    const hang = <T>(ask: () => Promise<T>, isIt: boolean): Promise<T> => {
      if (!isIt || hung > 0) return ask();
      hung += 1;
      return new Promise(() => undefined);
    };
    const { central } = desk.ports;
    const hanging = {
      ...central,
      hello: (ask, signal) => hang(() => central.hello(ask, signal), name === 'hello'),
      pull: (ask, signal) => hang(() => central.pull(ask, signal), name === `pull ${ask.collection}`),
    } satisfies typeof central;
    const replica = await desk.open({ central: hanging }, undefined, { sleep });
    replica.sync.start();
    await until(() => hung === 1);
    // Somebody sets the clock back meanwhile.
    world.clock.now -= 3 * 86_400_000;
    await until(() => replica.sync.status().trouble !== null);
    const given = replica.sync.status().trouble?.failure;
    replica.sync.now();
    await until(() => replica.sync.status().phase === 'idle');
    const { total } = await new Promise<{ total: number }>((resolve) =>
      replica.watchCases({ filter: 'all', sort: 'due', limit: 5, now: 0 }, resolve),
    );
    await replica.close();
    await other.close();

    expect([given, total]).toEqual([{ outcome: 'offline', reason: 'stalled' }, 1]);
  },
);

test('a long page of which bytes come is no silence', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const { central } = desk.ports;
  let asked = 0;
  let answer: () => void = () => undefined;
  const slow = {
    ...central,
    heardAt: () => world.clock.now,
    async hello(ask, signal) {
      asked += 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return central.hello(ask, signal);
    },
  } satisfies typeof central;
  const replica = await desk.open({ central: slow }, undefined, { sleep });
  replica.sync.start();
  await until(() => asked === 1);
  world.clock.now += 120_000;
  await new Promise((resolve) => setTimeout(resolve, 20));
  answer();
  await until(() => replica.sync.status().phase === 'idle');
  await replica.close();

  expect([asked, replica.sync.status().trouble]).toEqual([1, null]);
});
