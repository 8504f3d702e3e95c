import { z } from 'zod';
import { type Right, Role, type RoleTable } from './rights.ts';

/**
 * What somebody is at a centre, from a moment until before another; epoch ms.
 *
 * Of a substitute `for` names whose place is taken, and `to` must say until when: without it the position gives nothing.
 */
export const Position = z.object({
  centreId: z.int().positive(),
  role: Role,
  from: z.int(),
  to: z.int().nullable(),
  for: z.string().max(60).optional(),
});
export type Position = z.infer<typeof Position>;

/** Somebody who may sign in at a centre's desks. By what he is known stays with the centre and the station. */
export const StaffMember = z.object({
  id: z.string().max(60),
  /** Where he belongs, and the role that is shown. */
  centreId: z.int().positive(),
  name: z.string().max(120),
  role: Role,
  /** Absent: he is at his centre what `role` says, for ever. */
  positions: z.array(Position).max(100).optional(),
  /** Shown on the sign-in screen of a demonstration server only. */
  demoPin: z.string().optional(),
});
export type StaffMember = z.infer<typeof StaffMember>;

/** Where something is done, by what the reference data say. */
export type Where = {
  /** The centre, and those that supervise it, from it to the top. */
  line: readonly number[];
  /** An organisation that sends applications: its own people have no more than a partner's rights. */
  isPartner: boolean;
  roles: RoleTable;
};

export function positionsOf({
  centreId,
  role,
  positions,
}: Omit<StaffMember, 'id' | 'name'>): readonly Position[] {
  return positions ?? [{ centreId, role, from: Number.MIN_SAFE_INTEGER, to: null }];
}

/** The positions that somebody holds in a centre at a moment, its own and those above it that reach down to it. */
export function heldAt(
  person: Omit<StaffMember, 'id' | 'name'>,
  at: number,
  { line, roles }: Pick<Where, 'line' | 'roles'>,
): readonly Position[] {
  return positionsOf(person).filter(
    (it) =>
      it.from <= at &&
      (it.to === null ? it.for === undefined : at < it.to) &&
      (it.centreId === line[0] || (line.includes(it.centreId) && roles[it.role].below)),
  );
}

/** Whether somebody may do something in a centre at a moment; the same at both ends. */
export function mayDo(
  person: Omit<StaffMember, 'id' | 'name'>,
  right: Right,
  at: number,
  where: Where,
): boolean {
  const { line, isPartner, roles } = where;
  return heldAt(person, at, where).some(
    (it) =>
      roles[it.role].rights.includes(right) &&
      (!isPartner || it.centreId !== line[0] || roles.partner.rights.includes(right)),
  );
}

/** For how many days somebody may sign in at a centre without having heard of it; 0 for who has no position there. */
export function offlineDaysOf(person: Omit<StaffMember, 'id' | 'name'>, at: number, where: Where): number {
  return Math.max(0, ...heldAt(person, at, where).map((it) => where.roles[it.role].offlineDays));
}
