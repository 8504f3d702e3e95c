import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { toDiskRefusal } from './disk-refusal.ts';
import { createQueue, flushFolder, writeDurably } from './durable-file.ts';
import { sealFileAnew } from './seal-anew.ts';
import type { Sealer } from './sealer.ts';

const ENDING = '.draft';

export type KeptDrafts = {
  /** Replaces the draft; `null` takes it away. On the disk when it is answered. */
  write(id: string, text: string | null): Promise<{ outcome: 'saved' } | DiskRefusal>;
  /** Without what was damaged on the disk. */
  all(): Promise<string[]>;
  /** Seals by the newest key what an older one has sealed. */
  sealAnew(): Promise<void>;
};

/**
 * What is being typed, one sealed file a draft; the station does not look into it.
 *
 * A browser's database can be gone at any start: Chromium was seen to begin an empty one after several
 * kills or power cuts.
 */
export async function openKeptDrafts(folder: string, sealer: Sealer): Promise<KeptDrafts> {
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

  async function readOne(name: string): Promise<string | null> {
    const sealed = await readFile(join(folder, name));
    return sealer.open(sealed, name.slice(0, -ENDING.length))?.toString('utf8') ?? null;
  }

  return {
    write: (id, text) =>
      inOrder(() => {
        const path = join(folder, `${id}${ENDING}`);
        return text === null ? remove(path) : writeDurably(path, sealer.seal(Buffer.from(text, 'utf8'), id));
      }),
    all: () =>
      inOrder(async () => {
        const names = (await readdir(folder)).filter((it) => it.endsWith(ENDING));
        const texts = await Promise.all(names.map(readOne));
        return texts.filter((it) => it !== null);
      }),
    async sealAnew() {
      for (const name of await readdir(folder))
        await inOrder(() => sealFileAnew(join(folder, name), sealer, name.slice(0, -ENDING.length)));
    },
  };
}
