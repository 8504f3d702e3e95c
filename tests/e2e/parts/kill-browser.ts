import { readdir, readFile } from 'node:fs/promises';

/** Ends every process of the browser that uses this profile, by pid and SIGKILL, and waits until they are gone. */
export async function killBrowser(profile: string): Promise<void> {
  const pids = await findPids(profile);
  for (const pid of pids) kill(pid);
  for (const pid of pids) while (await isAlive(pid)) kill(pid);
}

async function findPids(profile: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (line.split('\0').includes(`--user-data-dir=${profile}`)) found.push(Number(name));
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already: that is what was wanted.
  }
}

async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return status !== '' && !/^State:\s+[ZX]/m.test(status);
}
