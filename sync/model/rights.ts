import { z } from 'zod';
import type { CaseEvent } from './case-event.ts';
import { LocalText } from './local-text.ts';

/** What somebody may be allowed to do. A closed list: which role has which is data. */
export const Right = z.enum([
  'case.read',
  'case.open',
  'case.answer',
  'case.attach',
  'case.note',
  'case.pay',
  'case.move',
  'case.refuse',
  /** To be the second person of a step that asks for four eyes. */
  'case.confirm',
  'conflict.settle',
  'report.sync',
  'report.reads',
  'station.devices',
]);
export type Right = z.infer<typeof Right>;

export const Role = z.enum(['clerk', 'senior-clerk', 'supervisor', 'it', 'auditor', 'partner']);
export type Role = z.infer<typeof Role>;

/** What a role may do; an item of the reference data, so that an operator changes it without a new program. */
export const RoleItem = z.object({
  kind: z.literal('role'),
  /** `role-<role>`. */
  id: z.string().max(60),
  role: Role,
  rights: z.array(Right).max(40),
  /** Whether a position at an office holds in the centres below it too. */
  below: z.boolean(),
  /** For how many days somebody may sign in without having heard of the centre. */
  offlineDays: z.int().min(0).max(365),
  name: LocalText.optional(),
});
export type RoleItem = z.infer<typeof RoleItem>;
export type RoleRule = Pick<RoleItem, 'rights' | 'below' | 'offlineDays'>;
export type RoleTable = Readonly<Record<Role, RoleRule>>;

const AT_A_CASE = [
  'case.read',
  'case.open',
  'case.answer',
  'case.attach',
  'case.note',
  'case.pay',
  'case.move',
  'case.refuse',
  'conflict.settle',
] as const satisfies readonly Right[];

/** What holds where the reference data say nothing of a role. */
export const DEFAULT_ROLES: RoleTable = {
  clerk: { rights: [...AT_A_CASE], below: false, offlineDays: 30 },
  'senior-clerk': { rights: [...AT_A_CASE, 'case.confirm'], below: false, offlineDays: 30 },
  supervisor: { rights: [...AT_A_CASE, 'case.confirm', 'report.sync'], below: true, offlineDays: 30 },
  it: { rights: ['case.read', 'report.sync', 'station.devices'], below: true, offlineDays: 14 },
  auditor: { rights: ['case.read', 'report.sync', 'report.reads'], below: true, offlineDays: 7 },
  partner: {
    rights: ['case.read', 'case.open', 'case.answer', 'case.attach', 'case.note'],
    below: false,
    offlineDays: 14,
  },
};

/** The id of the reference item that says what a role may. */
export function toRoleId(role: Role): string {
  return `role-${role}`;
}

/** The table of rights: what the data say, and for the others the default. An item under another id says nothing. */
export function toRoleTable(items: Iterable<{ kind: string }>): RoleTable {
  const table: Record<Role, RoleRule> = { ...DEFAULT_ROLES };
  for (const it of items) {
    const parsed = it.kind === 'role' ? RoleItem.safeParse(it) : null;
    if (parsed?.success && parsed.data.id === toRoleId(parsed.data.role))
      table[parsed.data.role] = parsed.data;
  }
  return table;
}

const RIGHT_OF = {
  'case.opened': 'case.open',
  'field.set': 'case.answer',
  'document.attached': 'case.attach',
  'document.removed': 'case.attach',
  'note.added': 'case.note',
  'payment.recorded': 'case.pay',
  'state.moved': 'case.move',
  'conflict.settled': 'conflict.settle',
} as const satisfies Record<CaseEvent['type'], Right>;

/** Which right an event asks for. */
export function rightOf(event: Pick<CaseEvent, 'type' | 'body'>): Right {
  const isRefusal = event.type === 'state.moved' && 'to' in event.body && event.body.to === 'refused';
  return isRefusal ? 'case.refuse' : RIGHT_OF[event.type];
}
