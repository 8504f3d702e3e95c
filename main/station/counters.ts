import { join } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { toDiskRefusal } from './disk-refusal.ts';
import { createQueue, readJsonFile, writeDurably } from './durable-file.ts';

export type CountOutcome = { outcome: 'given'; value: number } | DiskRefusal;

export interface Counters {
  /** On the disk before it is given: a value may be skipped by a crash, and is never given twice. */
  next(name: string): Promise<CountOutcome>;
}

type Counts = Record<string, number>;

/** To begin at 1 again would give numbers that are out in the world a second time. */
const DAMAGED: DiskRefusal = { outcome: 'disk-failed', code: 'counters-damaged' };

/**
 * `isNew`: nothing was ever kept in this folder, so the counters begin. Anywhere else a file that is gone was there.
 */
export async function openCounters(folder: string, { isNew }: { isNew: boolean }): Promise<Counters> {
  const path = join(folder, 'counters.json');
  const inOrder = createQueue();
  if (isNew && (await readJsonFile(path)).outcome === 'absent') await writeDurably(path, '{}');
  return {
    next: (name) =>
      inOrder(async () => {
        const read = await readJsonFile(path);
        if (read.outcome === 'unreadable') return toDiskRefusal(read.error);
        const counts = read.outcome === 'read' ? toCounts(read.value) : null;
        if (counts === null) return DAMAGED;
        const value = (counts[name] ?? 0) + 1;
        const written = await writeDurably(path, JSON.stringify({ ...counts, [name]: value }));
        return written.outcome === 'saved' ? { outcome: 'given', value } : written;
      }),
  };
}

function toCounts(value: unknown): Counts | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const isGood = Object.values(value).every((it) => Number.isInteger(it) && it > 0);
  return isGood ? (value as Counts) : null;
}
