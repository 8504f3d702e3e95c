import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffMember } from '#model/staff';
import { openTestCentral, type TestCentral } from '../central.fixture.ts';
import type { PersonAsk } from '../options.ts';
import { changePerson } from './person-change.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const LOLA: StaffMember = { id: 'lola', centreId: 13, name: 'Lola', role: 'clerk' };
const ADD = {
  does: 'add',
  id: 'zuhra',
  name: 'Zuhra',
  centre: 13,
  role: 'clerk',
  from: null,
  to: null,
} as const;
const MOVE = {
  does: 'move',
  id: 'lola',
  centre: 14,
  role: 'clerk',
  from: null,
  to: null,
  for: null,
} as const;

let central: TestCentral;
beforeAll(async () => {
  central = await openTestCentral();
}, 60_000);
afterAll(() => central.close());

type ChangeAsk = Extract<PersonAsk, { does: 'add' | 'move' | 'end' }>;
const change = (person: StaffMember | null, ask: ChangeAsk) => changePerson(central.sql, person, ask, NOW);

const wrong: [string, StaffMember | null, ChangeAsk][] = [
  ['there is somebody zuhra already', LOLA, ADD],
  ['"__proto__" cannot be an id', null, { ...ADD, id: '__proto__' }],
  ['"a b" cannot be an id', null, { ...ADD, id: 'a b' }],
  ['the name is no name', null, { ...ADD, name: ' 7 ' }],
  ['the name is no name', null, { ...ADD, name: 'Lo\u202ela' }],
  ['there is nobody lola', null, MOVE],
  ['a role is one of', LOLA, { ...MOVE, role: 'constructor' }],
  ['there is no centre 99', LOLA, { ...MOVE, centre: 99 }],
  ['a substitute needs --to', LOLA, { ...MOVE, for: 'boss' }],
  ['--to is not after --from', LOLA, { ...MOVE, to: '2026-01-01' }],
  ['"tomorrow" is no day', LOLA, { ...MOVE, from: 'tomorrow' }],
];

test.each(wrong)('says that %s', async (problem, person, ask) => {
  expect(await change(person, ask)).toEqual({ outcome: 'wrong', problem: expect.stringContaining(problem) });
});

test('moves somebody, and keeps what he was', async () => {
  const moved = await change(LOLA, { ...MOVE, from: '2026-12-01' });
  const at = Date.parse('2026-11-30T19:00:00Z');
  expect(moved).toMatchObject({
    person: {
      centreId: 14,
      positions: [
        { centreId: 13, to: at },
        { centreId: 14, from: at, to: null },
      ],
    },
  });
});

test('lets a substitute be what he is beside it, and ends all of it at once', async () => {
  const stands = await change(LOLA, {
    ...MOVE,
    role: 'supervisor',
    for: 'boss',
    to: '2026-12-02T08:00+05:00',
  });
  if (stands.outcome !== 'changed') throw new Error(stands.problem);
  const to = Date.parse('2026-12-02T03:00:00Z');
  const own = { centreId: 13, role: 'clerk', from: Number.MIN_SAFE_INTEGER };
  const other = { centreId: 14, role: 'supervisor', from: NOW, for: 'boss' };
  expect(stands.person.positions).toEqual([
    { ...own, to: null },
    { ...other, to },
  ]);
  const at = NOW + 1;
  const ended = await changePerson(central.sql, stands.person, { does: 'end', id: 'lola', from: null }, at);
  expect(ended).toMatchObject({
    person: {
      positions: [
        { ...own, to: at },
        { ...other, to: at },
      ],
    },
  });
});
