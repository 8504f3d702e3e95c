import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * Whether the program at the other end of a loopback connection belongs to the user that this station runs as.
 *
 * On Linux every user reads every command line, and so the boot token that a browser is started with: it is of no use
 * to another user. Elsewhere command lines are their owner's, and the answer is yes.
 */
export async function isOwnUser({ localPort, remotePort }: Socket): Promise<boolean> {
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined) return true;
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((it) => readFile(it, 'utf8')));
  // By ports alone, and all that fit: the same connection may stand under its address of either kind.
  const users = tables.flatMap((it) => findUsers(it, toHex(remotePort), toHex(localPort)));
  return users.length > 0 && users.every((it) => it === own);
}

function findUsers(table: string, from: string, to: string): number[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, remote]) => local?.endsWith(from) && remote?.endsWith(to))
    .map((columns) => Number(columns[7]));
}

function toHex(port = 0): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}
