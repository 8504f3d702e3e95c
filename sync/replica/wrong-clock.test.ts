import { expect, test } from 'vitest';
import { hlcMs, MAX_AHEAD_MS } from '#model/hybrid-clock';
import { open } from './open-in-test.fixture.ts';
import { createWorld, details, syncOnce, toDraft, toSet } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

const YEAR_MS = 365 * 86_400_000;

async function createTwo() {
  const world = createWorld();
  const [desk, wrong] = [world.createDesk('desk-1'), world.createDesk('desk-2')];
  const replica = await open(desk.open());
  const draft = toDraft();
  await replica.openCase(draft, details);
  await syncOnce(replica);
  const edit = (on: Replica, phone: string) =>
    on.record(draft.id, 'c', toSet('applicant.phone', phone, null));
  const hlcs = () => world.central.events.map((it) => it.hlc);
  return { world, desk, wrong, replica, edit, hlcs };
}

test('a desk whose clock is a year ahead does not take the others with it, and comes back when it is right', async () => {
  const { world, wrong, replica, edit, hlcs } = await createTwo();
  const ahead = await open(wrong.open({ now: () => world.clock.now + YEAR_MS }));
  await syncOnce(ahead);
  await edit(ahead, '1');
  await syncOnce(ahead);
  await syncOnce(replica);
  await edit(replica, '2');
  await syncOnce(replica);
  const righted = await open(wrong.open());
  await edit(righted, '3');
  await syncOnce(righted);

  const [, theirs, ours, after] = hlcs().map((it) => (hlcMs(it) ?? 0) - world.clock.now);
  expect(theirs).toBeGreaterThan(YEAR_MS - 60_000);
  expect([ours, after].map((it) => (it ?? 0) <= MAX_AHEAD_MS)).toEqual([true, true]);
});

test('a start with a dead battery does not go back behind what was given and seen before', async () => {
  const { desk, replica, edit, hlcs } = await createTwo();
  await edit(replica, '1');
  await syncOnce(replica);
  await syncOnce(replica);
  const again = await open(desk.open({ now: () => 0 }));
  await edit(again, '2');
  await syncOnce(again);

  const [, before = '', after = ''] = hlcs();
  expect([after > before, (hlcMs(after) ?? 0) - (hlcMs(before) ?? 0) < 60_000]).toEqual([true, true]);
});
