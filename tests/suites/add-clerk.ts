import type { StaffMember } from '#model/staff';
import { upsertDocs } from '../../sync/server/store/save-docs.ts';
import { type Sql, toValues } from '../../sync/server/store/sql.ts';

const OFFICE = 999;

/** Somebody of an office that supervises these centres, who may do in all of them what clerks do. */
export async function addClerk(sql: Sql, centreIds: readonly number[], id = 'baxmal-clerk-1'): Promise<void> {
  const rows = [[OFFICE, null], ...centreIds.map((it) => [it, OFFICE])].map((it) => [...it, '']);
  const { text, values } = toValues(rows, ['::int', '::int', '']);
  await sql.query(
    `insert into centre (centre_id, parent_id, number_prefix) values ${text} on conflict do nothing`,
    values,
  );
  const clerk: StaffMember = { id, centreId: OFFICE, name: 'A clerk', role: 'supervisor' };
  await sql.transaction((query) => upsertDocs(query, OFFICE, 'staff', [clerk]));
}
