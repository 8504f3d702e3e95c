import { readdir, readFile } from 'node:fs/promises';

type Process = { pid: number; parent: number };

/** Ends these processes and all they have started, at once and by SIGKILL, and waits until they are gone. */
export async function killTree(roots: readonly number[]): Promise<void> {
  const pids = withDescendants(await readProcesses(), roots);
  for (const pid of pids) kill(pid);
  for (const pid of pids) while (await isAlive(pid)) kill(pid);
}

/** Every process of the browser that uses this profile. */
export async function findBrowserPids(profile: string): Promise<number[]> {
  const found: number[] = [];
  for (const { pid } of await readProcesses()) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line.split('\0').includes(`--user-data-dir=${profile}`)) found.push(pid);
  }
  return found;
}

/** The processes that this one has started. */
export async function findChildren(parent: number): Promise<number[]> {
  return (await readProcesses()).filter((it) => it.parent === parent).map((it) => it.pid);
}

async function readProcesses(): Promise<Process[]> {
  const found: Process[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name in brackets may hold anything; the parent is the second word after it.
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) found.push({ pid: Number(name), parent: Number(parent) });
  }
  return found;
}

function withDescendants(all: readonly Process[], roots: readonly number[]): number[] {
  const tree = new Set(roots);
  for (let size = -1; size !== tree.size; ) {
    size = tree.size;
    for (const it of all) if (tree.has(it.parent)) tree.add(it.pid);
  }
  return [...tree];
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
