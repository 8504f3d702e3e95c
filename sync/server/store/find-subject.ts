import type { Case } from '#model/case';
import type { CaseEvent, EventStatus } from '#model/case-event';
import type { Query } from './sql.ts';

const AT_ONCE = 500;

export type SubjectEvent = {
  seq: number;
  status: EventStatus;
  code: string | null;
  event: CaseEvent;
  /** As it was sent, where that says more. */
  raw: unknown;
  receivedAt: number;
  chain: string;
};
/** `case`: as it stands; `null` where nothing of it could be taken. */
export type SubjectCase = { centreId: number; caseId: string; case: Case | null; events: SubjectEvent[] };

/**
 * Every case of every centre in which a number stands, now or at any time before, with its whole history.
 *
 * `number`: a personal number, one of a document, or a phone; spaces, dashes and the size of letters make no difference.
 * All events are read: documents cannot be asked for what is in them.
 */
export async function findSubject(query: Query, number: string): Promise<SubjectCase[]> {
  const wanted = toComparable(number);
  const named = new Map<number, Set<string>>();
  for await (const { centreId, caseId, sent } of readSent(query)) {
    if (isNamed(sent, wanted)) named.set(centreId, (named.get(centreId) ?? new Set()).add(caseId));
  }
  const found: SubjectCase[] = [];
  for (const [centreId, caseIds] of named) {
    for (const caseId of caseIds) found.push(await readCase(query, centreId, caseId));
  }
  return found;
}

/** Wherever it stands in what was sent, also in what could not be taken. */
function isNamed(sent: unknown, wanted: string): boolean {
  if (typeof sent !== 'object' || sent === null) return toComparable(sent) === wanted;
  return Object.values(sent).some((it) => isNamed(it, wanted));
}

function toComparable(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[\s()+-]/g, '').toUpperCase() : '';
}

async function* readSent(query: Query): AsyncGenerator<{ centreId: number; caseId: string; sent: unknown }> {
  type Row = { centre_id: number; seq: number; case_id: string; sent: unknown };
  for (let last = { centre_id: 0, seq: 0 }; ; ) {
    const rows = await query.query<Row>(
      `select centre_id, seq, case_id, coalesce(raw, event) as sent from event
        where (centre_id, seq) > ($1, $2) order by centre_id, seq limit $3`,
      [last.centre_id, last.seq, AT_ONCE],
    );
    for (const { centre_id, case_id, sent } of rows) yield { centreId: centre_id, caseId: case_id, sent };
    const end = rows.at(-1);
    if (end === undefined || rows.length < AT_ONCE) return;
    last = end;
  }
}

async function readCase(query: Query, centreId: number, caseId: string): Promise<SubjectCase> {
  const [row] = await query.query<{ doc: Case }>(
    'select doc from case_doc where centre_id = $1 and case_id = $2',
    [centreId, caseId],
  );
  type Row = Omit<SubjectEvent, 'receivedAt'> & { received_at: number };
  const events = await query.query<Row>(
    `select seq, status, code, event, raw, received_at, chain from event
      where centre_id = $1 and case_id = $2 order by seq`,
    [centreId, caseId],
  );
  return {
    centreId,
    caseId,
    case: row?.doc ?? null,
    events: events.map(({ received_at: receivedAt, ...it }) => ({ ...it, receivedAt })),
  };
}
