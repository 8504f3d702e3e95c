import { describe, expect, it } from 'vitest';
import { asksSecondPerson } from './four-eyes.ts';
import { DEFAULT_ROLES, Right, type Role, rightOf, toRoleTable } from './rights.ts';
import { mayDo, offlineDaysOf, type Position, type StaffMember, type Where } from './staff.ts';
import { toWhere } from './where.ts';

const HERE: Where = { line: [13, 1], isPartner: false, roles: DEFAULT_ROLES };
const person = (role: Role, centreId = 13): StaffMember => ({ id: 'p', centreId, name: 'P', role });
const holding = (...positions: Position[]): StaffMember => ({ ...person('clerk'), positions });
const rightsOf = (it: StaffMember, where = HERE): Right[] =>
  Right.options.filter((right) => mayDo(it, right, 5, where));

describe('what somebody may', () => {
  it('is what his role has where he is, and nothing elsewhere', () => {
    expect(rightsOf(person('clerk'))).toEqual(
      Right.options.filter((it) => DEFAULT_ROLES.clerk.rights.includes(it)),
    );
    expect(rightsOf(person('clerk', 14))).toEqual([]);
    expect(rightsOf(person('it'))).toEqual(['case.read', 'report.sync', 'station.devices']);
    expect(rightsOf(person('auditor'))).toEqual(['case.read', 'report.sync', 'report.reads']);
  });

  it('reaches down from an office where the role does', () => {
    expect(mayDo(person('supervisor', 1), 'case.confirm', 5, HERE)).toBe(true);
    expect(mayDo(person('clerk', 1), 'case.open', 5, HERE)).toBe(false);
    expect(mayDo(person('supervisor', 13), 'case.open', 5, { ...HERE, line: [1] })).toBe(false);
  });

  it('holds from a moment until before another', () => {
    const it = holding({ centreId: 13, role: 'clerk', from: 10, to: 20 });
    expect([9, 10, 19, 20].map((at) => mayDo(it, 'case.open', at, HERE))).toEqual([false, true, true, false]);
    expect(mayDo(holding(), 'case.open', 5, HERE)).toBe(false);
  });

  it('ends for a substitute, or never begins', () => {
    const stand = { centreId: 13, role: 'supervisor', from: 0, for: 'boss' } as const;
    expect(mayDo(holding({ ...stand, to: 9 }), 'case.confirm', 5, HERE)).toBe(true);
    expect(mayDo(holding({ ...stand, to: null }), 'case.confirm', 5, HERE)).toBe(false);
  });

  it('is no more than a partner has, for the people of a partner', () => {
    const partner = { ...HERE, isPartner: true };
    expect(rightsOf(person('supervisor'), partner)).toEqual(rightsOf(person('partner')));
    expect(mayDo(person('supervisor', 1), 'case.move', 5, partner)).toBe(true);
  });

  it('is changed by data, and by nothing that is none of ours', () => {
    const item = {
      kind: 'role',
      id: 'role-clerk',
      role: 'clerk',
      rights: ['case.read'],
      below: false,
      offlineDays: 3,
    };
    const roles = toRoleTable([item]);
    expect(rightsOf(person('clerk'), { ...HERE, roles })).toEqual(['case.read']);
    expect(offlineDaysOf(person('clerk'), 5, { ...HERE, roles })).toBe(3);
    expect(roles.supervisor).toBe(DEFAULT_ROLES.supervisor);
    const strange = [
      { ...item, id: 'role-x' },
      { ...item, role: '__proto__', id: 'role-__proto__' },
      { kind: 'place' },
    ];
    expect(toRoleTable(strange)).toEqual(DEFAULT_ROLES);
  });
});

it('asks for the right of what happens, and for another one to refuse', () => {
  const move = (to: 'ready' | 'refused') =>
    rightOf({ type: 'state.moved', body: { from: 'new', to, grounds: [], reason: '' } });
  expect([move('ready'), move('refused')]).toEqual(['case.move', 'case.refuse']);
});

it('asks for a second person from an amount on, and where the service says so', () => {
  const pay = (amount: number) =>
    ({ type: 'payment.recorded', body: { id: 'p', amount, method: 'cash', slip: '' } }) as const;
  const service = { fourEyes: [{ right: 'case.pay', fromAmount: 100 }] as const };
  const asks = (amount: number) => asksSecondPerson(pay(amount), { fourEyes: [...service.fourEyes] });
  expect([asks(99), asks(100), asksSecondPerson(pay(100), {}), asksSecondPerson(pay(100), null)]).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

it('knows a line of offices by their parents, and ends where they go round in a ring', () => {
  const centre = (centreId: number, parent: number | null) =>
    ({ kind: 'centre', centreId, parent, type: centreId === 3 ? 'partner' : 'centre' }) as never;
  expect(toWhere(3, [centre(3, 2), centre(2, 1), centre(1, null)])).toMatchObject({
    line: [3, 2, 1],
    isPartner: true,
  });
  expect(toWhere(1, [centre(1, 2), centre(2, 1)]).line).toEqual([1, 2]);
});
