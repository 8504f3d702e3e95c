import { Case } from '#model/case';
import { isKnownType } from '#model/case-event';
import { toCaseRow, toEventRow } from './check-page.ts';
import { type CaseRow, type EventRow, runQuery, type Tables } from './database.ts';

/** What a newer program wrote and this one does not know: kept for a newer one, and on no screen. */
export type Unreadable = { collection: string; count: number };

const CASES = { shelf: 'unreadable' } as const;
const EVENTS = { marked: 'unread' } as const;

export async function countUnreadable(tables: Tables): Promise<Unreadable[]> {
  const events = await runQuery(tables.events.count({ selector: EVENTS, index: ['marked'] as never }));
  const cases = await runQuery(tables.cases.count({ selector: CASES as never }));
  const counted = [
    { collection: 'events', count: events },
    { collection: 'cases', count: cases },
  ];
  return counted.filter((it) => it.count > 0);
}

/** After an update of the program: what it could not read before, read now. */
export async function readAgain(tables: Tables): Promise<void> {
  const cases = await runQuery(
    tables.cases.find({ selector: CASES as never, index: ['shelf', 'dueAt'] as never }),
  );
  const known = cases.map((it) => it.toJSON() as CaseRow).filter((it) => Case.safeParse(it.doc).success);
  await tables.cases.bulkUpsert(known.map((it) => toCaseRow(it.seq, it.doc)));
  const events = await runQuery(tables.events.find({ selector: EVENTS, index: ['marked'] as never }));
  const read = events
    .map((it) => it.toJSON() as EventRow)
    .filter((it) => isKnownType((it.event as { type?: unknown }).type));
  await tables.events.bulkUpsert(read.map((it) => toEventRow(it.seq, it.event)));
}
