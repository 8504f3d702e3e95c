import { readdir, readFile, readlink } from 'node:fs/promises';

const LISTENING = '0A';

/** Who listens on a port, in words for a message; `null` where this system does not tell us. */
export async function findPortHolder(port: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const inodes = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((it) => findInode(it, port)));
  const targets = new Set(inodes.filter((it) => it !== null).map((it) => `socket:[${it}]`));
  if (targets.size === 0) return null;
  for (const pid of (await readdir('/proc')).filter((it) => /^\d+$/.test(it))) {
    if (await holdsOne(pid, targets)) {
      const name = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
      return `${name === '' ? 'a program' : name} (process ${pid})`;
    }
  }
  return 'a program of another user';
}

async function findInode(table: string, port: number): Promise<string | null> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(wanted) && columns[3] === LISTENING) return columns[9] ?? null;
  }
  return null;
}

async function holdsOne(pid: string, targets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const fd of await readdir(folder).catch(() => [])) {
    if (targets.has(await readlink(`${folder}/${fd}`).catch(() => ''))) return true;
  }
  return false;
}
