import type { CaseEvent } from '#model/case-event';
import type { Journal, JournalRecord } from './ports.ts';

const READ_BYTES = 1_000_000;

/** The records of a stretch of the journal, in pieces; what the disk has lost is left out. */
export async function* readRecords(
  journal: Journal,
  from: number,
  last: number,
): AsyncGenerator<JournalRecord, void> {
  for (let next = from; next <= last; ) {
    const records = await journal.read(next, READ_BYTES);
    const end = records.at(-1);
    if (end === undefined || end.n < next) return;
    yield* records;
    next = end.n + 1;
  }
}

/** A record as an event, `null` when it is none. */
export function toEvent(record: JournalRecord): CaseEvent | null {
  try {
    const event: unknown = JSON.parse(record.payload);
    return typeof event === 'object' && event !== null ? ({ ...event, n: record.n } as CaseEvent) : null;
  } catch {
    return null;
  }
}
