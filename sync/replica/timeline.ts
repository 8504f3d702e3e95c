import { type CaseEvent, CentralEvent } from '#model/case-event';
import { type EventRow, runQuery, type Tables, toEventKey } from './database.ts';
import type { PendingCases } from './pending-cases.ts';
import type { TimelineEntry } from './replica.ts';

const EVENTS_AT_ONCE = 500;

/** What happened to a case, in the centre's order; then what it has not put in order yet. */
export async function readTimeline(
  tables: Tables,
  pending: PendingCases,
  caseId: string,
  isSending: (n: number) => boolean = () => false,
): Promise<TimelineEntry[]> {
  // Before the read, so that an event on its way from one to the other shows at least once.
  const entries = pending.find(caseId)?.entries ?? [];
  const central = await readCentralEvents(tables, caseId);
  const seen = new Set(central.map((it) => it.id));
  return [
    ...central.map((event): TimelineEntry => ({ event, status: event.status })),
    ...entries
      .filter((it) => !seen.has(it.event.id))
      .map(({ event }): TimelineEntry => {
        const waiting = { ...event, seq: null, status: 'waiting' as const };
        return { event: waiting, status: isSending(event.n) ? 'sending' : 'waiting' };
      }),
  ];
}

export async function readCentralEvents(tables: Tables, caseId: string): Promise<CentralEvent[]> {
  const rows = await runQuery(tables.events.find({ selector: { caseId }, index: ['caseId'] as never }));
  return rows.flatMap((it) => {
    const parsed = CentralEvent.safeParse(it.toJSON().event);
    return parsed.success ? [parsed.data as CentralEvent] : [];
  });
}

/** All that is known here to have happened to a case, sent or not. */
export async function readEvents(
  tables: Tables,
  pending: PendingCases,
  caseId: string,
): Promise<CaseEvent[]> {
  return (await readTimeline(tables, pending, caseId)).map((it) => it.event as CaseEvent);
}

/** By key and not by range: RxDB has no index on a primary key alone, and would read every event there is. */
export async function readEventRows(
  tables: Tables,
  { after, upTo }: { after: number; upTo: number },
): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  for (let from = after + 1; from <= upTo; from += EVENTS_AT_ONCE) {
    const many = Math.min(EVENTS_AT_ONCE, upTo - from + 1);
    const keys = Array.from({ length: many }, (_, index) => toEventKey(from + index));
    const found = await runQuery(tables.events.findByIds(keys));
    rows.push(...[...found.values()].map((it) => it.toJSON() as EventRow));
  }
  return rows.sort((a, b) => a.seq - b.seq);
}
