import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBlobFiles } from './blob-files.ts';
import { openDataKeys } from './data-keys.ts';
import { openDaysWithoutCentre } from './days-without-centre.ts';
import { createHostSeal } from './host-key.ts';
import { openJournal } from './journal.ts';
import { dropOlderKeys, rotateByAge } from './keep-keys-young.ts';
import { openKeptDrafts } from './kept-drafts.ts';
import { newFolder } from './new-folder.fixture.ts';
import { NOBODY, readPeople, writePeople } from './people-file.ts';
import type { Uploader } from './upload-file.ts';
import { findUsedKeys } from './used-keys.ts';

const DAY_MS = 86_400_000;
const never = { received: () => 0 } as unknown as Uploader;

async function openAll(folder: string, home: string, isNew: boolean) {
  const opened = await openDataKeys(folder, createHostSeal(home), { isNew, now: () => 0 });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const { keys } = opened;
  const blobs = await openBlobFiles(join(folder, 'blobs'), keys.sealer('blobs'), never);
  const drafts = await openKeptDrafts(join(folder, 'drafts'), keys.sealer('drafts'));
  return { keys, blobs, drafts };
}

async function openJournalIn(folder: string, keys: Awaited<ReturnType<typeof openAll>>['keys']) {
  const opened = await openJournal({
    folder: join(folder, 'journal'),
    sealer: keys.sealer('journal'),
    now: Date.now,
  });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  return opened.journal;
}

test('a key that is old is followed by another, a young one is not', async () => {
  const { keys } = await openAll(await newFolder(), join(await newFolder(), 'darcha'), true);
  await rotateByAge(keys, 90, 89 * DAY_MS);
  expect(keys.all().length).toBe(1);
  await rotateByAge(keys, 90, 90 * DAY_MS);
  expect(keys.all().length).toBe(2);
});

test('drafts and scans are sealed anew and read as before, and then the older key goes', async () => {
  const [folder, home] = [await newFolder(), join(await newFolder(), 'darcha')];
  const { keys, blobs, drafts } = await openAll(folder, home, true);
  await drafts.write('d-1', 'what is being typed');
  const kept = await blobs.keep(new Uint8Array([1, 2, 3]));
  if (kept.outcome !== 'kept') throw new Error(kept.outcome);
  const [before] = keys.all();
  await keys.rotate();
  expect([...(await findUsedKeys(folder))]).toEqual([before?.id]);

  expect(await dropOlderKeys(folder, keys, [drafts, blobs])).toEqual({ outcome: 'saved' });
  expect(keys.all().length).toBe(1);
  const again = await openAll(folder, home, false);
  expect(await again.drafts.all()).toEqual(['what is being typed']);
  expect(await again.blobs.read(kept.sha256)).toMatchObject({ outcome: 'found' });
});

test('the key of a record stays as long as the record', async () => {
  const [folder, home] = [await newFolder(), join(await newFolder(), 'darcha')];
  const { keys, blobs, drafts } = await openAll(folder, home, true);
  const journal = await openJournalIn(folder, keys);
  await journal.append('first');
  await keys.rotate();
  await journal.append('second');
  await dropOlderKeys(folder, keys, [drafts, blobs]);
  expect(keys.all().length).toBe(2);
  await journal.close();

  const again = await openAll(folder, home, false);
  const read = await (await openJournalIn(folder, again.keys)).read(1, 10_000);
  expect(read.map((it) => it.payload)).toEqual(['first', 'second']);
});

test('who may sign in, and how long ago the centre was there, are known after the older key went', async () => {
  const [folder, home] = [await newFolder(), join(await newFolder(), 'darcha')];
  const { keys } = await openAll(folder, home, true);
  const path = join(folder, 'people');
  const sealer = keys.sealer('people');
  await writePeople(path, sealer, { ...NOBODY, last: 'clerk-1' });
  const offline = await openDaysWithoutCentre({
    ...{ folder, sealer: keys.sealer('offline'), days: 60, since: Date.now() - 50 * DAY_MS },
  });
  await offline.look();
  await keys.rotate();
  await dropOlderKeys(folder, keys, []);
  expect(keys.all().length).toBe(2);

  const people = {
    sealAnew: async () => void (await writePeople(path, sealer, { ...NOBODY, last: 'clerk-1' })),
  };
  await dropOlderKeys(folder, keys, [people]);
  expect(keys.all().length).toBe(2);
  await dropOlderKeys(folder, keys, [people, offline]);
  expect(keys.all().length).toBe(1);
  const again = (await openAll(folder, home, false)).keys;
  expect((await readPeople(path, again.sealer('people'))).kept.last).toBe('clerk-1');
  const seen = await openDaysWithoutCentre({
    ...{ folder, sealer: again.sealer('offline'), days: 60, since: Date.now() },
  });
  expect(seen.daysLeft()).toBe(10);
});
