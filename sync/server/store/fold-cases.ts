import { Case } from '#model/case';
import type { CaseEvent, EventStatus } from '#model/case-event';
import { ruleOf } from '#model/field-rules';
import { clampHlc } from '#model/hybrid-clock';
import { projectCase } from '#model/project-case';
import type { Service } from '#model/service';
import { type Query, toPlaces, toValues } from './sql.ts';
import { COUNTRY, takeNumbers } from './streams.ts';

export type Verdict = { status: EventStatus; code?: string };

export type CaseFold = {
  /** Applies an event to its case, in stream order. */
  apply(event: CaseEvent): Verdict;
  /** Writes the cases that changed, with the next numbers of the state stream. */
  save(): Promise<void>;
};

type FoldParts = {
  centreId: number;
  events: readonly CaseEvent[];
  /** Those that the events touch, read under the lock of the event stream, which is also theirs; changed here. */
  cases: Map<string, Case>;
  now: number;
};

/** Folds events into their cases. */
export async function openCaseFold(
  query: Query,
  { centreId, events, cases, now }: FoldParts,
): Promise<CaseFold> {
  const services = await readServices(query, [...new Set(toServiceIds([...cases.values()], events))]);
  const changed = new Map<string, Case>();

  return {
    apply: (event) => {
      const state = cases.get(event.caseId) ?? null;
      const service = services.get(toServiceId(state, event)) ?? null;
      const result = tryProject(state, { ...event, hlc: clampHlc(event.hlc, now) }, centreId, service);
      if (result.case !== null && result.case !== state) {
        cases.set(event.caseId, result.case);
        changed.set(event.caseId, result.case);
      }
      return result.code === undefined
        ? { status: result.status }
        : { status: result.status, code: result.code };
    },
    save: () => saveCases(query, centreId, [...changed.values()]),
  };
}

type Projected = ReturnType<typeof projectCase>;

/** A fault of ours in the rules must not stop a desk: the event is kept, and not applied. */
function tryProject(
  state: Case | null,
  event: CaseEvent,
  centreId: number,
  service: Service | null,
): Projected {
  try {
    const result = projectCase(state, event, { centreId, ruleOf: (path) => ruleOf(service, path) });
    // A case that breaks its own schema would stop the pull of every desk.
    if (result.case === null || result.case === state || Case.safeParse(result.case).success) return result;
    return { case: state, status: 'rejected', code: 'case-shape' };
  } catch {
    return { case: state, status: 'rejected', code: 'reducer' };
  }
}

async function readServices(query: Query, ids: readonly string[]): Promise<Map<string, Service>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<{ id: string; body: Service }>(
    `select id, body from doc where centre_id = ${COUNTRY} and coll = 'services' and id in (${toPlaces(ids, 1)})`,
    ids,
  );
  return new Map(rows.map((it) => [it.id, it.body]));
}

function toServiceIds(cases: readonly Case[], events: readonly CaseEvent[]): string[] {
  return [
    ...cases.map((it) => toServiceId(it, null)),
    ...events.filter((it) => it.type === 'case.opened').map((it) => toServiceId(null, it)),
  ];
}

function toServiceId(state: Case | null, event: CaseEvent | null): string {
  if (state !== null) return `${state.serviceCode}@${state.serviceVersion}`;
  if (event?.type === 'case.opened') return `${event.body.service.code}@${event.body.service.version}`;
  return '';
}

async function saveCases(query: Query, centreId: number, cases: readonly Case[]): Promise<void> {
  if (cases.length === 0) return;
  const head = await takeNumbers(query, centreId, 'cases', cases.length);
  const rows = cases.map((it, index) => [
    centreId,
    it.id,
    head + index + 1,
    JSON.stringify(it),
    it.hasConflicts ? JSON.stringify(it.conflicts.map(({ offeredBy }) => offeredBy.device)) : null,
  ]);
  const { text, values } = toValues(rows, ['::int', '', '::bigint', '::json', '::json']);
  await query.query(
    `insert into case_doc (centre_id, case_id, seq, doc, offered_by) values ${text}
     on conflict (centre_id, case_id)
     do update set seq = excluded.seq, doc = excluded.doc, offered_by = excluded.offered_by`,
    values,
  );
}
