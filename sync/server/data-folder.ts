import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createToken } from './auth/secret.ts';

export type DataFolder = {
  path: string;
  adminKey: string;
  /** Says where the server listens, for commands that want to ask it. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
};

export type OpenFolderOutcome =
  | { outcome: 'open'; folder: DataFolder }
  | { outcome: 'not-writable'; reason: string }
  /** Another server works in this folder. `url` once it listens. */
  | { outcome: 'in-use'; pid: number; url: string | null; adminKey: string };

type Lock = { pid: number; started: string; url: string | null };

/** Takes a data folder for this process: one server per folder. */
export async function openDataFolder(path: string): Promise<OpenFolderOutcome> {
  try {
    await mkdir(path, { recursive: true });
    const probe = join(path, `probe-${randomUUID()}`);
    await writeFile(probe, '');
    await rm(probe);
    const adminKey = await readAdminKey(path);
    const holder = await takeLock(path);
    if (holder !== null) return { outcome: 'in-use', pid: holder.pid, url: holder.url, adminKey };
    return { outcome: 'open', folder: toFolder(path, adminKey) };
  } catch (error) {
    return { outcome: 'not-writable', reason: (error as { code?: string }).code ?? 'unknown' };
  }
}

function toFolder(path: string, adminKey: string): DataFolder {
  return {
    path,
    adminKey,
    announce: async (url) => {
      const lock: Lock = { pid: process.pid, started: await readStart(process.pid), url };
      await writeWhole(path, lock, (temporary) => rename(temporary, join(path, 'lock')));
    },
    release: () => rm(join(path, 'lock'), { force: true }),
  };
}

async function readAdminKey(path: string): Promise<string> {
  const file = join(path, 'admin-key');
  try {
    await writeFile(file, `${createToken()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

/** `null`: it is ours now. A lock whose process is gone, or whose number another process has, is no lock. */
async function takeLock(path: string): Promise<Lock | null> {
  const file = join(path, 'lock');
  const ours: Lock = { pid: process.pid, started: await readStart(process.pid), url: null };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await writeWhole(path, ours, (temporary) => link(temporary, file));
      return null;
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST' || attempt > 3) throw error;
    }
    const holder = await readLock(file);
    if (holder !== null && (await isAlive(holder))) return holder;
    await rm(file, { force: true });
  }
}

/** A lock appears with all that is in it: half of one would look like none. */
async function writeWhole(
  path: string,
  lock: Lock,
  put: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(path, `lock-${randomUUID()}`);
  try {
    await writeFile(temporary, JSON.stringify(lock));
    await put(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readLock(file: string): Promise<Lock | null> {
  try {
    const lock = JSON.parse(await readFile(file, 'utf8')) as Partial<Lock>;
    if (typeof lock.pid !== 'number') return null;
    return { pid: lock.pid, started: lock.started ?? '', url: lock.url ?? null };
  } catch {
    return null;
  }
}

async function isAlive({ pid, started }: Lock): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return false;
  }
  return started === (await readStart(pid));
}

/** When a process began, where the system tells (Linux); elsewhere nothing. */
async function readStart(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
