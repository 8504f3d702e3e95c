import { afterEach, expect, test, vi } from 'vitest';
import type { Failure } from '#protocol/central';
import type { PushAsk } from '#protocol/push';
import { createWorld, details, syncOnce, toDraft } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});

async function createDeskWithNotes(many: number, text: string) {
  const world = createWorld({ pageDocs: 100 });
  const replica = await world.createDesk('desk-1').open();
  opened.push(replica);
  const draft = toDraft();
  await replica.openCase(draft, details);
  for (let i = 0; i < many; i++) {
    await replica.record(draft.id, 'c', { type: 'note.added', body: { id: `${i}`, text } });
  }
  return { world, replica };
}

const stalled: Failure = { outcome: 'offline', reason: 'stalled' };

test.each<[string, number, Failure]>([
  ['stalls', 6_000, stalled],
  ['stalls on more than one event', 1_000, stalled],
  ['is cut', 6_000, { outcome: 'offline', reason: 'cut' }],
  ['is ended by a proxy', 6_000, { outcome: 'not-central', reason: 'html' }],
])('a push that %s above a size is tried smaller until it goes through', async (_name, most, failure) => {
  const { world, replica } = await createDeskWithNotes(60, 'x'.repeat(600));
  world.central.before = (name, ask) =>
    name === 'push' && JSON.stringify(ask).length > most ? failure : undefined;

  const rounds = [];
  for (let round = 0; round < 8; round++) rounds.push((await syncOnce(replica)).phase);

  expect([rounds[0], rounds.at(-1)]).toEqual(['waiting-to-retry', 'idle']);
  expect([replica.sync.status().waiting.events, world.central.events.length]).toEqual([0, 61]);
});

test('a push holds as many bytes as it should, not as many letters', async () => {
  const { world, replica } = await createDeskWithNotes(40, 'Ў'.repeat(3_000));
  const sizes: number[] = [];
  world.central.before = (name, ask) => {
    if (name === 'push') sizes.push(Buffer.byteLength(JSON.stringify((ask as PushAsk).events)));
    return undefined;
  };
  await syncOnce(replica);

  expect(sizes[0]).toBeLessThan(66_000);
  expect(world.central.events.length).toBe(41);
});
