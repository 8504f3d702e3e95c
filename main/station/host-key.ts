import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCodeOf } from './disk-refusal.ts';
import { flushFolder } from './durable-file.ts';
import { createSealer, type Sealer } from './sealer.ts';
import type { Shell } from './shell.ts';

const NAME = 'host.key';
const KEY_BYTES = 32;
const HOST_KEY_ID = '00000000';

/** Where this user of this computer keeps what unlocks its data: not beside the data. */
export function hostKeyFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Darcha');
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'darcha');
}

/**
 * Seals with a key of this user on this computer: 32 bytes in a file that only this user may read, made when first
 * something is sealed. Whoever copies the data and not the user's home has no key to it.
 */
export function createHostSeal(folder = hostKeyFolder()): Pick<Shell, 'seal' | 'unseal'> {
  const toSealer = (key: Uint8Array): Sealer => createSealer([{ id: HOST_KEY_ID, key }], 'host');
  return {
    async seal(secret) {
      const key = (await readKey(join(folder, NAME))) ?? (await makeKey(folder));
      return toSealer(key).seal(Buffer.from(secret, 'utf8'), '');
    },
    async unseal(sealed) {
      const key = await readKey(join(folder, NAME));
      return key === null ? null : (toSealer(key).open(sealed, '')?.toString('utf8') ?? null);
    },
  };
}

/** Two that start at once get the same. */
async function makeKey(folder: string): Promise<Uint8Array> {
  const path = join(folder, NAME);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `${NAME}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(KEY_BYTES));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // A name that is taken is not taken away: the other's key is ours then.
    await link(temporary, path);
    await flushFolder(folder);
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const made = await readKey(path);
  if (made === null) throw new Error('the host key was made and is not there');
  return made;
}

async function readKey(path: string): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(path);
    if (bytes.length === KEY_BYTES) return bytes;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
  // To make another would lock this user's data for ever.
  throw Object.assign(new Error('the host key is damaged'), { code: 'EHOSTKEY' });
}
