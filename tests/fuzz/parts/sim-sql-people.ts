import { Role, toRoleId } from '#model/rights';
import type { Row, Statement, View } from './sim-tables.ts';

const MOST_OFFICES = 8;

/** A centre and those above it, as the recursive part of the statement finds them. */
function toLine(view: View, centre: number): Row[] {
  const own = view.get('centre', String(centre));
  const line: Row[] = [
    { centre_id: centre, parent_id: own?.parent_id ?? null, is_partner: own?.is_partner ?? false },
  ];
  for (;;) {
    const up = view.get('centre', String(line.at(-1)?.parent_id));
    if (up === undefined || line.length > MOST_OFFICES) return line;
    line.push(up);
  }
}

function docs(view: View, centre: unknown, coll: string, ids: readonly unknown[]): Row[] {
  return view.all('doc', `${centre}/${coll}/`).filter((it) => it.deleted !== true && ids.includes(it.id));
}

function catalogueOf(view: View): Row[] {
  const stream = view.get('stream', '0/services');
  const epoch = view.get('meta', 'epoch')?.value;
  return stream === undefined ? [] : [toRow('catalogue', `${epoch} ${stream.head}`)];
}

function toRow(kind: string, id: unknown, at: unknown = 0, doc: unknown = null): Row {
  return { kind, id, at, doc };
}

/** What a push asks of what it touches and of who is behind it. */
export const PEOPLE_STATEMENTS: readonly Statement[] = [
  {
    when: /^with recursive line .* select 'event' as kind, event_id as id, .* where name = 'restored_at'$/,
    run(view, [centre, ids, caseIds, people]) {
      const line = toLine(view, Number(centre));
      const has = (list: unknown, it: unknown): boolean => (list as unknown[]).includes(it);
      return [
        ...view
          .all('event', `${centre}/`)
          .filter((it) => has(ids, it.event_id))
          .map((it) => toRow('event', it.event_id)),
        ...view
          .all('case_doc', `${centre}/`)
          .filter((it) => has(caseIds, it.case_id))
          .map((it) => toRow('case', it.case_id, 0, it.doc)),
        ...line.map((it, depth) => toRow('centre', String(it.centre_id), depth, it.is_partner)),
        ...line.flatMap((it) =>
          docs(view, it.centre_id, 'staff', people as unknown[]).map((row) =>
            toRow('person', row.id, it.centre_id, row.body),
          ),
        ),
        ...docs(view, 0, 'reference', Role.options.map(toRoleId)).map((it) =>
          toRow('role', it.id, 0, it.body),
        ),
        ...catalogueOf(view),
        ...[view.get('meta', 'restored_at') ?? []].flat().map((it: Row) => toRow('restored', it.value)),
      ];
    },
  },
];
