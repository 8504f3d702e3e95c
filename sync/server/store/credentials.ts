import { heldAt, offlineDaysOf, positionsOf, StaffMember, type Where } from '#model/staff';
import type { Credential } from '#protocol/credentials';
import type { CredentialKind } from './people.ts';
import { readTouched } from './read-touched.ts';
import type { Query } from './sql.ts';

/** Who begins so soon is known at the desks already: the line may be down on that day. */
const SOON_MS = 30 * 86_400_000;

type Row = { id: string; body: unknown; kind: CredentialKind | null; hash: string | null };
type Asked = { centreId: number; demo: boolean; now: number };

/**
 * Whoever may sign in at a centre's desks now or soon, and by what they are known.
 *
 * They are those of the centre's own staff: what opens the desks of an office lies at no desk below it.
 */
export async function readCredentials(
  query: Query,
  { centreId, demo, now }: Asked,
  id: string | null = null,
): Promise<Credential[]> {
  const { where } = await readTouched(query, centreId, []);
  const rows = await query.query<Row>(
    `select d.id, d.body, c.kind, c.hash
       from doc d left join credential c
         on c.centre_id = d.centre_id and c.staff_id = d.id and (not c.is_demo or $2::boolean)
      where d.centre_id = $1 and d.coll = 'staff' and not d.deleted and ($3::text is null or d.id = $3)
      order by d.id, c.kind`,
    [centreId, demo, id],
  );
  const found = new Map<string, Credential>();
  for (const it of rows) {
    const known = found.get(it.id) ?? toCredential(it, where, now);
    if (known === null) continue;
    found.set(it.id, it.kind === null ? known : { ...known, [it.kind]: it.hash });
  }
  return [...found.values()];
}

function toCredential({ id, body }: Row, where: Where, now: number): Credential | null {
  const parsed = StaffMember.safeParse(body);
  if (!parsed.success) return null;
  const begins = positionsOf(parsed.data)
    .map((it) => it.from)
    .filter((it) => it > now && it <= now + SOON_MS);
  const held = [now, ...begins].filter((at) => heldAt(parsed.data, at, where).length > 0);
  if (held.length === 0) return null;
  const offlineDays = Math.max(...held.map((at) => offlineDaysOf(parsed.data, at, where)));
  return { id, pin: null, password: null, offlineDays };
}
