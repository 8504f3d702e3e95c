import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { errorCodeOf, toDiskRefusal } from './disk-refusal.ts';

export type WriteOutcome = { outcome: 'saved' } | DiskRefusal;

let lastTemporary = 0;

/**
 * Replaces a whole file so that after a power cut there is the old one or the new one, never half.
 *
 * Saved means on the disk: the bytes, the name and the folder's entry are all flushed.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<WriteOutcome> {
  lastTemporary += 1;
  const temporary = `${path}.${process.pid}-${lastTemporary}.tmp`;
  try {
    await makeFolder(dirname(path));
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await flushFolder(dirname(path));
    return { outcome: 'saved' };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return toDiskRefusal(error);
  }
}

/** One level at a time where it can: Node's recursive `mkdir` calls a full disk `ENOENT`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder, { mode: 0o700 });
  }
}

/** Flushes the names in a folder. Windows flushes them with the file and cannot open a folder for it. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `damaged` was read and is no JSON; `unreadable` is there, and the operating system does not give it now. */
export type JsonRead =
  | { outcome: 'read'; value: unknown }
  | { outcome: 'absent' | 'damaged' }
  | { outcome: 'unreadable'; error: unknown };

export async function readJsonFile(path: string): Promise<JsonRead> {
  try {
    return { outcome: 'read', value: JSON.parse(await readFile(path, 'utf8')) };
  } catch (error) {
    if (error instanceof SyntaxError) return { outcome: 'damaged' };
    return errorCodeOf(error) === 'ENOENT' ? { outcome: 'absent' } : { outcome: 'unreadable', error };
  }
}

/** Work on one thing, one after another, in the order asked. A failure does not stop the next. */
export function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  };
}
