import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eraseStation } from '#station/erase-station';
import { makeRecoveryKey } from '../../sync/server/commands/make-recovery-key.ts';
import { newFolder, start } from './browser-shell.fixture.ts';

const QUIET = ['--show', 'none'];

/** A station that was set up with a recovery key, and was ended; `as`: a user with a home of his own. */
async function setUp() {
  const [data, home, keys] = [await newFolder(), await newFolder(), await newFolder()];
  const [secret, other] = [join(keys, 'authority.jwk'), join(keys, 'other.jwk')];
  for (const it of [secret, other]) await makeRecoveryKey(it);
  const as = (user: string) => ({ XDG_CONFIG_HOME: user });
  const end = async (args: string[], user = home) => {
    const run = start(data, args, as(user));
    return { code: await run.ended(), said: run.said() };
  };
  const live = async (user = home, args: string[] = []) => {
    const run = start(data, [...QUIET, ...args], as(user));
    await run.address();
    run.child.kill('SIGTERM');
    return run.ended();
  };
  await live(home, ['--recovery-key', `${secret}.public`]);
  return { data, secret, other, end, live };
}

test('IT gives the data of a dead station to another user by the private key of the authority, and by no other', async () => {
  const { data, secret, other, end, live } = await setUp();
  const elsewhere = await newFolder();
  expect((await end(QUIET, elsewhere)).code).toBe(8);
  for (const [path, code, words] of [
    [other, 8, 'wrapped for another recovery key'],
    [`${secret}.public`, 2, 'is no private key of an authority'],
    [join(data, 'nothing'), 2, 'cannot be read'],
  ] as const) {
    const refused = await end(['--recover', path], elsewhere);
    expect([refused.code, refused.said]).toEqual([code, expect.stringContaining(words)]);
  }
  expect((await end(['--recover', secret], elsewhere)).code).toBe(0);
  expect(await live(elsewhere)).toBe(0);
});

test('a private key is not taken where the public one is wanted', async () => {
  const { secret, end } = await setUp();
  const refused = await end([...QUIET, '--recovery-key', secret]);
  expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('must not lie on a desk')]);
});

test('an erased station says why, shows nothing, and lives again when the authority has opened it', async () => {
  const { data, secret, end, live } = await setUp();
  await eraseStation(data, 'too-long-offline', Date.now());
  await writeFile(join(data, 'browser-profile'), 'a copy');
  const told = await end(QUIET);
  expect([told.code, told.said]).toEqual([9, expect.stringContaining('longer than is allowed')]);
  expect(await readdir(data)).not.toContain('browser-profile');
  expect((await end(['--rotate-key'])).code).toBe(9);
  expect((await end(['--recover', secret])).code).toBe(0);
  expect(await live()).toBe(0);
});

test('IT has a new key made, and what nothing was wrapped for stays closed', async () => {
  const { data, secret, end, live } = await setUp();
  expect((await end(['--rotate-key'])).code).toBe(0);
  expect(await live()).toBe(0);
  await rm(join(data, 'recovery.json'));
  const refused = await end(['--recover', secret]);
  expect([refused.code, refused.said]).toEqual([8, expect.stringContaining('Nothing was changed')]);
});
