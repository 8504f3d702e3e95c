import { expect, test } from 'vitest';
import { open } from './open-in-test.fixture.ts';
import type { ReplicaPorts } from './ports.ts';
import { createWorld, details, readDrafts, toDraft } from './replica.fixture.ts';

function createDesk() {
  const kept = new Map<string, string>();
  const disk = { isFull: false };
  const keptDrafts: ReplicaPorts['keptDrafts'] = {
    async write(id, text) {
      if (disk.isFull) return { outcome: 'disk-full' };
      if (text === null) kept.delete(id);
      else kept.set(id, text);
      return { outcome: 'saved' };
    },
    all: async () => [...kept.values()],
  };
  const desk = createWorld().createDesk('desk-1');
  desk.ports.keptDrafts = keptDrafts;
  return { desk, kept, disk };
}

test('drafts outlive a browser that has lost its database, and only those not taken since', async () => {
  const { desk, kept } = createDesk();
  const [stays, opened, removed] = [toDraft(), toDraft(), toDraft()];
  const first = await open(desk.open());
  for (const it of [stays, opened, removed]) await first.saveDraft(it);
  const newest = { ...stays, changedAt: stays.changedAt + 5 };
  await first.saveDraft(newest);
  await first.openCase(opened, details);
  await first.removeDraft(removed.id);

  const again = await open(desk.openEmpty());
  expect([await readDrafts(again), [...kept.keys()]]).toEqual([[newest], [stays.id]]);
});

test('a draft that a torn end left at the station goes with its case at the next start', async () => {
  const { desk, kept } = createDesk();
  const draft = toDraft();
  const first = await open(desk.open());
  await first.openCase(draft, details);
  kept.set(draft.id, JSON.stringify(draft));

  const again = await open(desk.openEmpty());
  expect([await readDrafts(again), kept.size]).toEqual([[], 0]);
});

test('a draft that is no draft holds up no other, and one that the station cannot keep is not called saved', async () => {
  const { desk, kept, disk } = createDesk();
  const draft = toDraft();
  kept.set('torn', '{"id":');
  kept.set('other', '[]');
  kept.set(draft.id, JSON.stringify(draft));
  const replica = await open(desk.open());
  disk.isFull = true;

  expect(await replica.saveDraft({ ...draft, changedAt: 1 })).toEqual({ outcome: 'disk-full' });
  expect((await readDrafts(replica)).map((it) => it.id)).toEqual([draft.id]);
});
