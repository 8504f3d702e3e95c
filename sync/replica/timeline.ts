import { type CaseEvent, CentralEvent } from '#model/case-event';
import type { Tables } from './database.ts';
import type { PendingCases } from './pending-cases.ts';
import type { TimelineEntry } from './replica.ts';

/** What happened to a case, in the centre's order; then what it has not put in order yet. */
export async function readTimeline(
  tables: Tables,
  pending: PendingCases,
  caseId: string,
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
        return { event: waiting, status: 'waiting' };
      }),
  ];
}

export async function readCentralEvents(tables: Tables, caseId: string): Promise<CentralEvent[]> {
  const rows = await tables.events.find({ selector: { caseId }, index: ['caseId'] as never }).exec();
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
