import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { toDiskRefusal } from './disk-refusal.ts';
import { createQueue, flushFolder, writeDurably } from './durable-file.ts';

const ENDING = '.json';

export type KeptDrafts = {
  /** Replaces the draft; `null` takes it away. On the disk when it is answered. */
  write(id: string, text: string | null): Promise<{ outcome: 'saved' } | DiskRefusal>;
  all(): Promise<string[]>;
};

/**
 * What is being typed, one file a draft; the station does not look into it.
 *
 * A browser's database can be gone at any start: Chromium was seen to begin an empty one after several
 * kills or power cuts.
 */
export async function openKeptDrafts(folder: string): Promise<KeptDrafts> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const inOrder = createQueue();

  async function remove(path: string): Promise<{ outcome: 'saved' } | DiskRefusal> {
    try {
      await rm(path, { force: true });
      await flushFolder(folder);
      return { outcome: 'saved' };
    } catch (error) {
      return toDiskRefusal(error);
    }
  }

  return {
    write: (id, text) =>
      inOrder(() => {
        const path = join(folder, `${id}${ENDING}`);
        return text === null ? remove(path) : writeDurably(path, text);
      }),
    all: () =>
      inOrder(async () => {
        const names = (await readdir(folder)).filter((it) => it.endsWith(ENDING));
        return Promise.all(names.map((it) => readFile(join(folder, it), 'utf8')));
      }),
  };
}
