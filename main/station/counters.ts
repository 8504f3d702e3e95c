import { join } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { createQueue, readJsonFile, writeDurably } from './durable-file.ts';

export type CountOutcome = { outcome: 'given'; value: number } | DiskRefusal;

export interface Counters {
  /** On the disk before it is given: a value may be skipped by a crash, and is never given twice. */
  next(name: string): Promise<CountOutcome>;
}

export function createCounters(folder: string): Counters {
  const path = join(folder, 'counters.json');
  const inOrder = createQueue();
  return {
    next: (name) =>
      inOrder(async () => {
        const counts = await readCounts(path);
        // To begin at 1 again would give numbers that are out in the world a second time.
        if (counts === null) return { outcome: 'disk-failed', code: 'counters-damaged' };
        const value = (counts[name] ?? 0) + 1;
        const written = await writeDurably(path, JSON.stringify({ ...counts, [name]: value }));
        return written.outcome === 'saved' ? { outcome: 'given', value } : written;
      }),
  };
}

async function readCounts(path: string): Promise<Record<string, number> | null> {
  const read = await readJsonFile(path);
  if (read.outcome === 'absent') return {};
  return read.outcome === 'read' ? toCounts(read.value) : null;
}

function toCounts(value: unknown): Record<string, number> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const isGood = Object.values(value).every((it) => Number.isInteger(it) && it > 0);
  return isGood ? (value as Record<string, number>) : null;
}
