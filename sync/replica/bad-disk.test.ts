import { afterEach, expect, test, vi } from 'vitest';
import { createRefusingStorage } from './refusing-storage.fixture.ts';
import { createWorld, details, readCase, readDrafts, syncOnce, toDraft, toSet } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});

/** A desk whose IndexedDB a test can break; the journal is another disk's folder and goes on. */
async function createDesk() {
  const world = createWorld();
  const { disk, storage } = createRefusingStorage();
  const desk = world.createDesk('desk-1');
  const open = async () => {
    const replica = await desk.open({}, storage);
    opened.push(replica);
    return replica;
  };
  return { world, disk, replica: await open(), reopen: open };
}

test('a draft that the disk once refused is saved when there is room again', async () => {
  const { disk, replica } = await createDesk();
  const draft = toDraft();
  await replica.saveDraft(draft);
  disk.isFull = true;
  const refused = [await replica.saveDraft(draft), await replica.saveDraft(draft)];
  disk.isFull = false;
  const saved = await replica.saveDraft({ ...draft, changedAt: draft.changedAt + 1 });

  expect(refused).toEqual([{ outcome: 'disk-full' }, { outcome: 'disk-full' }]);
  expect([saved, (await replica.findDraft(draft.id))?.changedAt]).toEqual([
    { outcome: 'saved' },
    draft.changedAt + 1,
  ]);
});

test('what is journalled is sent though IndexedDB takes nothing, and all is in order when it does again', async () => {
  const { world, disk, replica } = await createDesk();
  const draft = toDraft();
  await replica.openCase(draft, details);
  await syncOnce(replica);
  disk.isFull = true;
  await replica.record(draft.id, 'c', toSet('applicant.phone', '+998901234567', null));
  const full = await syncOnce(replica);
  const sentMeanwhile = world.central.events.length;
  await replica.record(draft.id, 'c', toSet('applicant.phone', '+998901234568', '+998901234567'));
  await syncOnce(replica);
  const alsoSent = world.central.events.length;
  disk.isFull = false;
  const good = await syncOnce(replica);

  expect([sentMeanwhile, full.waiting.events, full.trouble?.failure]).toEqual([
    2,
    0,
    { outcome: 'disk-failed' },
  ]);
  expect([alsoSent, good.phase, good.trouble]).toEqual([3, 'idle', null]);
  expect((await readCase(replica, draft.id))?.case.answers['applicant.phone']).toBe('+998901234568');
});

test('what sync remembers and could not write is written with its next change', async () => {
  const { disk, replica, reopen } = await createDesk();
  await replica.openCase(toDraft(), details);
  disk.isFull = true;
  await syncOnce(replica);
  disk.isFull = false;
  await syncOnce(replica);
  const remembered = replica.sync.status().lastFullSyncAt;

  const again = await reopen();

  expect([remembered === null, again.sync.status().lastFullSyncAt]).toEqual([false, remembered]);
});

test('an event that the journal has is saved, and waits, though the case cannot be read now', async () => {
  const { world, disk, replica: first, reopen } = await createDesk();
  const draft = toDraft();
  await first.openCase(draft, details);
  await syncOnce(first);
  // A new start: nothing of the case is in memory.
  const replica = await reopen();
  disk.isUnreadable = true;
  const saved = await replica.record(draft.id, 'c', toSet('applicant.phone', '+998901234567', null));
  const { waiting } = replica.sync.status();
  disk.isUnreadable = false;
  await replica.record(draft.id, 'c', toSet('applicant.email', 'a@b.uz', null));
  const found = await readCase(replica, draft.id);
  await syncOnce(replica);

  expect([saved.outcome, waiting.events, world.central.events.length]).toEqual(['saved', 1, 3]);
  expect(found?.case.answers).toMatchObject({
    'applicant.surname': 'Karimova',
    'applicant.phone': '+998901234567',
    'applicant.email': 'a@b.uz',
  });
});

test('a draft whose table cannot be read is an answer and no error', async () => {
  const { disk, replica } = await createDesk();
  disk.isUnreadable = true;
  const outcomes = [await replica.saveDraft(toDraft()), await replica.openCase(toDraft(), details)];

  expect(outcomes.map((it) => it.outcome)).toEqual(['disk-failed', 'disk-failed']);
});

test('a draft that stays on a full disk is a case all the same, and gone after the next start', async () => {
  const { world, disk, replica, reopen } = await createDesk();
  const draft = toDraft({ number: '1708204-26-03000001-29' });
  await replica.saveDraft(draft);
  disk.isFull = true;
  const made = await replica.openCase(draft, details);
  disk.isFull = false;
  const again = await reopen();
  await syncOnce(again);

  expect([made.outcome, await readDrafts(again), world.central.events.length]).toEqual(['opened', [], 1]);
});
