import type { CaseEvent } from '#model/case-event';
import { readRecords, toEvent } from './journal-records.ts';
import type { DiskRefusal, Journal, JournalRecord, NotInName } from './ports.ts';

/** An event under the number it had and the one it has now. */
export type Renumbered = { was: number; event: CaseEvent; payload: string };

/**
 * Records again, under new numbers, what the centre cannot have: records whose numbers it knows from another
 * life of this journal. An older copy of the station's folder was put back, or two stations ran on one.
 *
 * Only events of an id that the centre's stream has not, so nothing is sent twice. May be ended at any
 * point and begun again: what stands in the journal beyond `upTo` already is left alone.
 */
export async function recordAgain(options: {
  journal: Journal;
  device: string;
  upTo: number;
  /** Ids of all events of the centre's stream. */
  known: ReadonlySet<string>;
}): Promise<{ outcome: 'done'; renumbered: Renumbered[] } | NotInName | DiskRefusal> {
  const renumbered: Renumbered[] = [];
  for (const { record, event } of (await findLost(options)).values()) {
    const saved = await options.journal.append(record.payload, record.n);
    if (saved.outcome !== 'saved') return saved;
    renumbered.push({ was: record.n, event: { ...event, n: saved.n }, payload: record.payload });
  }
  return { outcome: 'done', renumbered };
}

type Lost = Map<string, { record: JournalRecord; event: CaseEvent }>;

async function findLost({ journal, device, upTo, known }: Parameters<typeof recordAgain>[0]): Promise<Lost> {
  const lost: Lost = new Map();
  const { last } = await journal.state();
  for await (const record of readRecords(journal, 1, last)) {
    const event = toEvent(record);
    if (event === null || typeof event.id !== 'string' || event.device !== device) continue;
    if (record.n > upTo) lost.delete(event.id);
    else if (!known.has(event.id)) lost.set(event.id, { record, event });
  }
  return lost;
}
