import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder, type WriteOutcome, writeDurably } from './durable-file.ts';

/** A set of blobs that is on the disk: an empty file each, named like the blob. */
export type BlobMarks = {
  /** Oldest first. */
  all(): readonly string[];
  has(sha256: string): boolean;
  set(sha256: string): Promise<WriteOutcome>;
  clear(sha256: string): Promise<void>;
};

export async function openBlobMarks(folder: string): Promise<BlobMarks> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const marked = new Set(await readMarks(folder));
  return {
    all: () => [...marked],
    has: (sha256) => marked.has(sha256),
    async set(sha256) {
      const written = await writeDurably(join(folder, sha256), '');
      if (written.outcome === 'saved') marked.add(sha256);
      return written;
    },
    async clear(sha256) {
      await rm(join(folder, sha256), { force: true });
      await flushFolder(folder);
      marked.delete(sha256);
    },
  };
}

async function readMarks(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((it) => /^[0-9a-f]{64}$/.test(it));
  const found = await Promise.all(
    names.map(async (name) => ({ name, mtimeMs: (await stat(join(folder, name))).mtimeMs })),
  );
  return found.sort((a, b) => a.mtimeMs - b.mtimeMs).map((it) => it.name);
}
