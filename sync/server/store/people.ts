import { positionsOf, StaffMember } from '#model/staff';
import { upsertDocs } from './save-docs.ts';
import type { Query } from './sql.ts';

export type CredentialKind = 'pin' | 'password';
export type NewCredential = { staffId: string; kind: CredentialKind; hash: string; isDemo: boolean };

/** The centres in whose staff somebody stands: his own, and each where he has or had a position. */
export function centresOf(person: StaffMember): number[] {
  const all = [person.centreId, ...positionsOf(person).map((it) => it.centreId)];
  return [...new Set(all)].sort((a, b) => a - b);
}

/** Brings the staff of every centre that these people are of to what they are; answers how many documents changed. */
export async function savePeople(query: Query, people: readonly StaffMember[]): Promise<number> {
  const centreIds = [...new Set(people.flatMap(centresOf))].sort((a, b) => a - b);
  let changed = 0;
  for (const centreId of centreIds) {
    const team = people.filter((it) => centresOf(it).includes(centreId));
    changed += await upsertDocs(query, centreId, 'staff', team);
  }
  return changed;
}

/** What somebody is known by, with every centre of his. That of a demonstration takes the place of no other. */
export async function saveCredential(
  query: Query,
  centreIds: readonly number[],
  { staffId, kind, hash, isDemo }: NewCredential,
  now: number,
): Promise<void> {
  for (const centreId of centreIds) {
    await query.query(
      `insert into credential (centre_id, staff_id, kind, hash, is_demo, changed_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (centre_id, staff_id, kind)
       do update set hash = excluded.hash, is_demo = excluded.is_demo, changed_at = excluded.changed_at
        where (credential.is_demo or not excluded.is_demo) and credential.hash <> excluded.hash`,
      [centreId, staffId, kind, hash, isDemo, now],
    );
  }
}

/** A person who comes to another centre is known there by the same. */
export async function copyCredentials(
  query: Query,
  staffId: string,
  centreIds: readonly number[],
): Promise<void> {
  for (const centreId of centreIds) {
    await query.query(
      `insert into credential (centre_id, staff_id, kind, hash, is_demo, changed_at)
       select distinct on (kind) $1::int, staff_id, kind, hash, is_demo, changed_at
         from credential where staff_id = $2 order by kind, changed_at desc
       on conflict (centre_id, staff_id, kind) do nothing`,
      [centreId, staffId],
    );
  }
}

/** Somebody by his id wherever he is, or everybody of a centre; each once. */
export async function findPeople(
  query: Query,
  asked: { id: string } | { centreId: number },
): Promise<StaffMember[]> {
  const [text, value] =
    'id' in asked ? (['id = $1', asked.id] as const) : (['centre_id = $1', asked.centreId] as const);
  const rows = await query.query<{ id: string; body: unknown }>(
    `select id, body from doc where coll = 'staff' and not deleted and ${text} order by id, centre_id`,
    [value],
  );
  const people = rows.flatMap(({ id, body }) => {
    const parsed = StaffMember.safeParse(body);
    return parsed.success ? [[id, parsed.data] as const] : [];
  });
  return [...new Map(people).values()];
}
