import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataKeys, recoverDataKeys } from './data-keys.ts';
import { createHostSeal, hostKeyFolder } from './host-key.ts';
import { newFolder } from './new-folder.fixture.ts';
import { makeRecoveryPair } from './recovery-key.fixture.ts';

async function openIn(folder: string, home: string, isNew = true) {
  return openDataKeys(folder, createHostSeal(home), { isNew });
}

async function openAll() {
  const [folder, home] = [await newFolder(), join(await newFolder(), 'deep', 'darcha')];
  const first = await openIn(folder, home);
  if (first.outcome !== 'open') throw new Error(first.outcome);
  return { folder, home, keys: first.keys };
}

test('the keys are there again at the next start, and lie nowhere as they are', async () => {
  const { folder, home, keys } = await openAll();
  const sealed = keys.sealer('journal').seal(Buffer.from('a record'), '1');
  const again = await openIn(folder, home, false);
  if (again.outcome !== 'open') throw new Error(again.outcome);
  expect(again.keys.sealer('journal').open(sealed, '1')?.toString()).toBe('a record');
  expect(again.keys.windowKey()).toEqual(keys.windowKey());

  const hostKey = join(home, 'host.key');
  const modes = await Promise.all(
    [hostKey, join(folder, 'keys.json')].map(async (it) => (await stat(it)).mode & 0o777),
  );
  expect(modes).toEqual([0o600, 0o600]);
  const kept = await readFile(join(folder, 'keys.json'), 'utf8');
  expect(kept).not.toContain(Buffer.from(keys.windowKey().key).toString('base64'));
});

test('a copy of the folder at another user is locked, and nothing in it is touched', async () => {
  const { folder } = await openAll();
  const before = await readFile(join(folder, 'keys.json'), 'utf8');
  const elsewhere = join(await newFolder(), 'darcha');
  expect(await openIn(folder, elsewhere, false)).toEqual({ outcome: 'locked' });
  // Also for one who has a key of his own.
  expect((await openIn(await newFolder(), elsewhere)).outcome).toBe('open');
  expect(await openIn(folder, elsewhere)).toEqual({ outcome: 'locked' });
  expect(await readFile(join(folder, 'keys.json'), 'utf8')).toBe(before);
});

test('data without its key file, or with one that is damaged, is locked and gets no new key', async () => {
  const { folder, home } = await openAll();
  await writeFile(join(folder, 'keys.json'), '{"keys":[');
  expect(await openIn(folder, home, false)).toEqual({ outcome: 'locked' });
  await rm(join(folder, 'keys.json'));
  expect(await openIn(folder, home, false)).toEqual({ outcome: 'locked' });
});

test('a host key that is damaged is told of, and not made anew', async () => {
  const { folder, home } = await openAll();
  await writeFile(join(home, 'host.key'), 'short');
  await expect(openIn(folder, home, false)).rejects.toMatchObject({ code: 'EHOSTKEY' });
  expect(await readFile(join(home, 'host.key'), 'utf8')).toBe('short');
});

test('two that start at once for the first time have one host key', async () => {
  const home = join(await newFolder(), 'darcha');
  const all = Array.from({ length: 8 }, () => createHostSeal(home));
  const sealed = await Promise.all(all.map((it, at) => it.seal(`secret ${at}`)));
  const opened = await Promise.all(sealed.map((it) => createHostSeal(home).unseal(it)));
  expect(opened).toEqual(all.map((_, at) => `secret ${at}`));
});

test('the host key lies in the user’s own folder of the system', () => {
  expect(hostKeyFolder({ XDG_CONFIG_HOME: '/x' }, 'linux')).toBe('/x/darcha');
  expect(hostKeyFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/Darcha');
});

/** What seals, and everything that was ever sealed with it. */
async function openWithRecord() {
  const opened = await openAll();
  const sealed = opened.keys.sealer('journal').seal(Buffer.from('a record'), '1');
  return { ...opened, sealed };
}

test('a new key seals from now on, the one before opens what it sealed, and goes when that is gone', async () => {
  const { folder, home, keys, sealed } = await openWithRecord();
  const journal = keys.sealer('journal');
  const before = keys.windowKey();
  expect(await keys.rotate()).toEqual({ outcome: 'saved' });

  // A sealer that was given out before goes with it.
  const later = journal.seal(Buffer.from('another'), '2');
  expect([journal.isOlder(sealed), journal.isOlder(later)]).toEqual([true, false]);
  expect(journal.open(sealed, '1')?.toString()).toBe('a record');
  expect(keys.windowKey().id).not.toBe(before.id);

  const again = await openIn(folder, home, false);
  if (again.outcome !== 'open') throw new Error(again.outcome);
  expect(again.keys.sealer('journal').open(sealed, '1')?.toString()).toBe('a record');
  await again.keys.dropOlder(new Set([before.id]));
  expect(again.keys.all().length).toBe(2);
  await again.keys.dropOlder(new Set());
  expect(again.keys.sealer('journal').open(sealed, '1')).toBeNull();
  expect(again.keys.sealer('journal').open(later, '2')?.toString()).toBe('another');
});

test('the secrets of this computer outlive a rotation, also those that an older program left to the shell', async () => {
  const { folder, home, keys } = await openAll();
  const secret = await keys.device.seal('the key of this desk');
  await keys.rotate();
  await keys.dropOlder(new Set());
  const again = await openIn(folder, home, false);
  if (again.outcome !== 'open') throw new Error(again.outcome);
  expect(await again.keys.device.unseal(secret)).toBe('the key of this desk');
  expect(await again.keys.device.unseal(await createHostSeal(home).seal('older'))).toBe('older');
});

test('the authority opens what is sealed, for another user, also by a key that was made later', async () => {
  const { folder, keys, sealed } = await openWithRecord();
  const authority = makeRecoveryPair();
  expect(keys.isRecoverable()).toBe(false);
  await keys.setRecoveryKey(authority.key);
  await keys.rotate();
  const later = keys.sealer('journal').seal(Buffer.from('another'), '2');
  const secret = await keys.device.seal('the key of this desk');

  const elsewhere = join(await newFolder(), 'darcha');
  const none = async () => undefined;
  const other = makeRecoveryPair();
  expect(await recoverDataKeys(folder, createHostSeal(elsewhere), other, none)).toEqual({
    outcome: 'other-key',
  });
  expect(await recoverDataKeys(folder, createHostSeal(elsewhere), authority, none)).toEqual({
    outcome: 'recovered',
    keys: 2,
  });
  const again = await openIn(folder, elsewhere, false);
  if (again.outcome !== 'open') throw new Error(again.outcome);
  const journal = again.keys.sealer('journal');
  expect([journal.open(sealed, '1')?.toString(), journal.open(later, '2')?.toString()]).toEqual([
    'a record',
    'another',
  ]);
  expect(await again.keys.device.unseal(secret)).toBe('the key of this desk');
  expect(again.keys.isRecoverable()).toBe(true);
});

test('who can write on the disk does not choose whom the next key is wrapped for', async () => {
  const { folder, home, keys } = await openAll();
  const authority = makeRecoveryPair();
  const thief = makeRecoveryPair();
  await keys.setRecoveryKey(authority.key);
  // His own station's file in the place of ours.
  const his = await openAll();
  await his.keys.setRecoveryKey(thief.key);
  await copyFile(join(his.folder, 'recovery.json'), join(folder, 'recovery.json'));

  const again = await openIn(folder, home, false);
  if (again.outcome !== 'open') throw new Error(again.outcome);
  await again.keys.rotate();
  const shell = createHostSeal(join(await newFolder(), 'darcha'));
  const none = async () => undefined;
  expect((await recoverDataKeys(folder, shell, thief, none)).outcome).toBe('other-key');
  expect((await recoverDataKeys(folder, shell, authority, none)).outcome).toBe('recovered');
});

test('nothing that was wrapped for nobody is recovered', async () => {
  const { folder } = await openAll();
  const shell = createHostSeal(join(await newFolder(), 'darcha'));
  expect(await recoverDataKeys(folder, shell, makeRecoveryPair(), async () => undefined)).toEqual({
    outcome: 'nothing-wrapped',
  });
});
