import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeRecoveryKey } from './make-recovery-key.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-recovery-key-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const it of folders.splice(0)) await rm(it, { recursive: true, force: true });
});

test('makes a pair, the private half for its owner alone', async () => {
  const path = join(await newFolder(), 'authority.jwk');
  expect((await makeRecoveryKey(path)).outcome).toBe('done');
  const [secret, open] = await Promise.all(
    [path, `${path}.public`].map(
      async (it) => JSON.parse(await readFile(it, 'utf8')) as { d?: string; x: string },
    ),
  );
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect([typeof secret?.d, open?.d, open?.x]).toEqual(['string', undefined, secret?.x]);
});

test('writes over nothing, and leaves no half of a pair', async () => {
  const folder = await newFolder();
  const path = join(folder, 'authority.jwk');
  await writeFile(`${path}.public`, 'of another pair');
  expect(await makeRecoveryKey(path)).toMatchObject({ outcome: 'problem', exit: 2 });
  expect(await readdir(folder)).toEqual(['authority.jwk.public']);
  await writeFile(path, 'a private key');
  expect(await makeRecoveryKey(path)).toMatchObject({ outcome: 'problem', exit: 2 });
  expect(await readFile(path, 'utf8')).toBe('a private key');
  expect(await makeRecoveryKey(join(folder, 'none', 'x'))).toMatchObject({ outcome: 'problem', exit: 4 });
});
