import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataKeys } from './data-keys.ts';
import { createHostSeal, hostKeyFolder } from './host-key.ts';
import { newFolder } from './new-folder.fixture.ts';

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
