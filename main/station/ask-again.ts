import { access, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MissingOutcome } from './ask-missing.ts';
import type { BlobMarks } from './blob-marks.ts';
import { flushFolder, type WriteOutcome, writeDurably } from './durable-file.ts';

const MARK = 'ask-again';
const AT_ONCE = 500;

export type AskAgain = {
  isDue(): boolean;
  /** On the disk when it is answered. */
  set(): Promise<WriteOutcome>;
  /** Asks for some of them. */
  step(signal: AbortSignal): Promise<'some' | 'all' | 'offline'>;
};

/**
 * A centre that was restored from an older copy may lack files that it once had: it is asked for each that lies
 * here, and what is missing waits to be sent. Where a start comes between, all are asked for anew.
 */
export async function openAskAgain(
  folder: string,
  parts: {
    loose: BlobMarks;
    waiting: BlobMarks;
    missing(sha256: readonly string[], signal: AbortSignal): Promise<MissingOutcome>;
  },
): Promise<AskAgain> {
  const { loose, waiting, missing } = parts;
  let isDue = await access(join(folder, MARK)).then(
    () => true,
    () => false,
  );
  let left: string[] | null = null;

  async function findSent(): Promise<string[]> {
    const names = (await readdir(folder, { recursive: true })).map((it) => basename(it));
    const kept = new Set(names.filter((it) => /^[0-9a-f]{64}$/.test(it)));
    return [...kept].filter((it) => !loose.has(it) && !waiting.has(it)).sort();
  }

  return {
    isDue: () => isDue,
    async set() {
      const written = await writeDurably(join(folder, MARK), '');
      if (written.outcome === 'saved') {
        isDue = true;
        left = null;
      }
      return written;
    },
    async step(signal) {
      left ??= await findSent();
      const batch = left.slice(0, AT_ONCE);
      if (batch.length > 0) {
        const answer = await missing(batch, signal);
        if (answer.outcome !== 'answered') return 'offline';
        for (const sha256 of answer.missing) {
          if ((await waiting.set(sha256)).outcome !== 'saved') return 'offline';
        }
        left = left?.filter((it) => !batch.includes(it)) ?? null;
      }
      if (left === null || left.length > 0) return 'some';
      await rm(join(folder, MARK), { force: true });
      await flushFolder(folder);
      isDue = false;
      return 'all';
    },
  };
}
