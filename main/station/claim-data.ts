import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';
import type { Shell } from './shell.ts';

/**
 * The shell that a data folder belongs to: that of its first start, which is `ours` if there was none.
 *
 * Each shell seals in its own way and keeps its window's data where the other does not look.
 */
export async function claimData(folder: string, ours: Shell['kind']): Promise<string> {
  const path = join(folder, 'shell.txt');
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (kept !== '') return kept;
  // A disk that is full now is told of by what is opened next; then the next start claims it.
  await writeDurably(path, `${ours}\n`);
  return ours;
}
