import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MissingOutcome } from './ask-missing.ts';
import type { BlobMarks } from './blob-marks.ts';
import { readJsonFile, type WriteOutcome, writeDurably } from './durable-file.ts';

const FILE = 'centre.json';
const AT_ONCE = 500;

export type AskAgain = {
  isDue(): boolean;
  /** In which life of its database the centre is: in another than the last one all are asked for. */
  centreIs(epoch: string): Promise<WriteOutcome>;
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
  let known = await readKnown(join(folder, FILE));
  let left: string[] | null = null;

  async function findSent(): Promise<string[]> {
    const names = (await readdir(folder, { recursive: true })).map((it) => basename(it));
    const kept = new Set(names.filter((it) => /^[0-9a-f]{64}$/.test(it)));
    return [...kept].filter((it) => !loose.has(it) && !waiting.has(it)).sort();
  }

  async function write(next: Known): Promise<WriteOutcome> {
    const written = await writeDurably(join(folder, FILE), JSON.stringify(next));
    if (written.outcome === 'saved') known = next;
    return written;
  }

  return {
    isDue: () => known.isDue,
    async centreIs(epoch) {
      if (epoch === known.epoch) return { outcome: 'saved' };
      left = null;
      return write({ epoch, isDue: true });
    },
    async step(signal) {
      left ??= await findSent();
      const batch = left.slice(0, AT_ONCE);
      if (batch.length > 0) {
        const answer = await missing(batch, signal);
        if (answer.outcome !== 'answered' || left === null) return 'offline';
        for (const sha256 of answer.missing) {
          if ((await waiting.set(sha256)).outcome !== 'saved') return 'offline';
        }
        left = left.slice(batch.length);
      }
      if (left.length > 0) return 'some';
      // Where the disk does not take it, all are asked for once more.
      await write({ ...known, isDue: false });
      return 'all';
    },
  };
}

type Known = { epoch: string | null; isDue: boolean };

/** One that cannot be read knows nothing: then all are asked for. */
async function readKnown(path: string): Promise<Known> {
  const read = await readJsonFile(path);
  const value = read.outcome === 'read' ? (read.value as Partial<Known> | null) : null;
  return { epoch: typeof value?.epoch === 'string' ? value.epoch : null, isDue: value?.isDue === true };
}
