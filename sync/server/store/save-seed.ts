import { z } from 'zod';
import { ReferenceItem } from '#model/reference';
import { Service } from '#model/service';
import { StaffMember } from '#model/staff';
import { saveDemoCodes } from './enrolment.ts';
import { centresOf, saveCredential, savePeople } from './people.ts';
import { upsertDocs } from './save-docs.ts';
import { type Query, type Sql, transact } from './sql.ts';
import { COUNTRY } from './streams.ts';

const SeedCredential = z.object({
  centreId: z.int().positive(),
  staffId: z.string().max(60),
  kind: z.enum(['pin', 'password']),
  hash: z.string().max(300),
});

/** The catalogue, the reference data and the people, as a file; what the server is filled with. */
export const Seed = z.object({
  services: z.array(Service),
  reference: z.array(ReferenceItem),
  staff: z.array(StaffMember),
  /** Of a demonstration: what opens a desk elsewhere is set by `darcha-central person`. */
  credentials: z.array(SeedCredential).optional(),
  enrolmentCodes: z.array(z.object({ code: z.string(), centreId: z.int().positive() })),
});
export type Seed = z.infer<typeof Seed>;

/**
 * Brings the database to what the seed says; answers how many documents changed.
 *
 * What the seed does not name stays: a case keeps the version of the service it was begun on.
 */
export function saveSeed(sql: Sql, seed: Seed, { demo }: { demo: boolean }): Promise<number> {
  return transact(sql, async (query) => {
    const centres = seed.reference.filter((it) => it.kind === 'centre');
    for (const it of centres) {
      await query.query(
        `insert into centre (centre_id, parent_id, number_prefix, is_partner) values ($1, $2, $3, $4)
         on conflict (centre_id)
         do update set parent_id = excluded.parent_id, number_prefix = excluded.number_prefix,
                       is_partner = excluded.is_partner`,
        [it.centreId, it.parent, it.numberPrefix, it.type === 'partner'],
      );
    }
    let changed = await upsertDocs(query, COUNTRY, 'services', seed.services);
    changed += await upsertDocs(query, COUNTRY, 'reference', seed.reference);
    if (demo) await saveDemoCodes(query, seed.enrolmentCodes);
    return changed + (await saveStaff(query, seed, demo));
  });
}

async function saveStaff(query: Query, { staff, credentials = [] }: Seed, demo: boolean): Promise<number> {
  const people = demo ? staff : staff.map(({ demoPin: _, ...it }) => it);
  const changed = await savePeople(query, people);
  // What anybody can read in the seed opens no desk of a real centre.
  if (!demo) return changed;
  for (const { staffId, kind, hash } of credentials) {
    const person = people.find((it) => it.id === staffId);
    if (person === undefined) continue;
    await saveCredential(query, centresOf(person), { staffId, kind, hash, isDemo: true }, 0);
  }
  return changed;
}
