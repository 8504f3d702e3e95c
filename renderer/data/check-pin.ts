import type { StaffMember } from '#model/staff';

/** The station checks what people know; until it does, a demonstration's PIN alone opens a desk. */
export async function checkPin(member: StaffMember, pin: string): Promise<boolean> {
  return member.demoPin !== undefined && member.demoPin === pin;
}
