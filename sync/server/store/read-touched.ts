import type { Case } from '#model/case';
import { Role, toRoleId, toRoleTable } from '#model/rights';
import { StaffMember, type Where } from '#model/staff';
import { isColumnText, type SentEvent } from './parse-event.ts';
import type { Query } from './sql.ts';
import { COUNTRY } from './streams.ts';

/** What the events of a push touch, and who their people are. */
export type Touched = {
  /** Which of their ids the stream has already. */
  taken: ReadonlySet<string>;
  cases: ReadonlyMap<string, Case>;
  /** Of the centre and of those that supervise it. */
  people: ReadonlyMap<string, StaffMember>;
  where: Where;
  /** Which life and state of the catalogue: another one when a service may read otherwise. */
  catalogue: string;
  /** When an older copy of the database was put back, if one ever was. */
  restoredAt: number | null;
};

type TouchedRow = { kind: string; id: string; at: number; doc: unknown };

/** One statement, as a centre's stream is locked for as long; whoever is asked for stands by the key of its table. */
export async function readTouched(
  query: Query,
  centreId: number,
  events: readonly SentEvent[],
): Promise<Touched> {
  const ids = events.map(toEventId).filter((it) => it !== null);
  const sent = events.flatMap((it) => (it.outcome === 'event' ? [it.event] : []));
  const caseIds = [...new Set(sent.map((it) => it.caseId))];
  const people = [...new Set(sent.flatMap((it) => [it.by, it.confirmedBy ?? '']))].filter(isColumnText);
  const rows = await query.query<TouchedRow>(READ, [centreId, ids, caseIds, people]);
  const of = (kind: string): TouchedRow[] => rows.filter((it) => it.kind === kind);
  const [restored] = of('restored');
  const offices = of('centre').sort((a, b) => a.at - b.at);
  const line = offices.map((it) => Number(it.id));
  return {
    taken: new Set(of('event').map((it) => it.id)),
    cases: new Map(of('case').map((it) => [it.id, it.doc as Case])),
    people: toPeople(of('person'), line),
    where: {
      line,
      isPartner: offices[0]?.doc === true,
      roles: toRoleTable(of('role').map((it) => it.doc as { kind: string })),
    },
    catalogue: of('catalogue')[0]?.id ?? '',
    restoredAt: restored === undefined ? null : Number(restored.id),
  };
}

/** Whoever stands with several centres of the line is read at the nearest. */
function toPeople(rows: readonly TouchedRow[], line: readonly number[]): Map<string, StaffMember> {
  const nearestLast = [...rows].sort((a, b) => line.indexOf(b.at) - line.indexOf(a.at));
  return new Map(
    nearestLast.flatMap((it) => {
      const parsed = StaffMember.safeParse(it.doc);
      return parsed.success ? [[it.id, parsed.data] as const] : [];
    }),
  );
}

export function toEventId(sent: SentEvent): string | null {
  return sent.outcome === 'event' ? sent.event.id : sent.id;
}

const ROLE_IDS = Role.options.map((it) => `'${toRoleId(it)}'`).join(', ');

/** Deeper than any tree of offices; a ring in it ends here. */
const MOST_OFFICES = 8;

const READ = `with recursive line (centre_id, parent_id, is_partner, depth) as (
  select $1::int, (select parent_id from centre where centre_id = $1::int),
         coalesce((select is_partner from centre where centre_id = $1::int), false), 0
   union all
  select up.centre_id, up.parent_id, up.is_partner, depth + 1
    from line join centre up on up.centre_id = line.parent_id where depth < ${MOST_OFFICES})
 select 'event' as kind, event_id as id, 0 as at, null::json as doc
   from event where centre_id = $1 and event_id = any($2::text[])
  union all
 select 'case', case_id, 0, doc from case_doc where centre_id = $1 and case_id = any($3::text[])
  union all
 select 'centre', centre_id::text, depth, to_json(is_partner) from line
  union all
 select 'person', id, line.centre_id, body
   from line join doc on doc.centre_id = line.centre_id and coll = 'staff' and id = any($4::text[]) and not deleted
  union all
 select 'role', id, 0, body
   from doc where centre_id = ${COUNTRY} and coll = 'reference' and id in (${ROLE_IDS}) and not deleted
  union all
 select 'catalogue', meta.value || ' ' || head, 0, null
   from stream, meta where centre_id = ${COUNTRY} and coll = 'services' and meta.name = 'epoch'
  union all
 select 'restored', value, 0, null from meta where name = 'restored_at'`;
