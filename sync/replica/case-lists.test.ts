import { afterEach, expect, test, vi } from 'vitest';
import { createWorld, details, readList, syncOnce, toDraft, toSet } from './replica.fixture.ts';
import type { CaseListQuery, Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});

const DAY_MS = 86_400_000;
const NOW = 1_790_000_000_000;

/** Five cases due a day apart, the first two overdue, the fifth cancelled; three are with the centre. */
async function createFive() {
  const world = createWorld();
  const replica = await world.createDesk('desk-1').open();
  opened.push(replica);
  const ids: string[] = [];
  for (const [index, surname] of ['Aliyev', 'Botirov', 'Gʻulomov', 'Davronov', 'Ergashev'].entries()) {
    const draft = toDraft({
      answers: {
        'applicant.surname': surname,
        'applicant.givenName': 'Jasur',
        'applicant.phone': `+99890123456${index}`,
      },
    });
    ids.push(draft.id);
    await replica.openCase(draft, { ...details, dueAt: NOW + (index - 1.5) * DAY_MS });
    if (index === 2) await syncOnce(replica);
  }
  const reason = { grounds: [], reason: 'withdrawn' };
  const moved = {
    type: 'state.moved' as const,
    body: { from: 'new' as const, to: 'cancelled' as const, ...reason },
  };
  await replica.record(ids[4] ?? '', 'c', moved);
  // One that the centre has, edited here since: it moves in no list and counts once.
  await replica.record(ids[0] ?? '', 'c', toSet('applicant.phone', '+998900000000', '+998901234560'));
  const show = async (change: Partial<CaseListQuery>) => {
    const list = await readList(replica, { now: NOW, ...change });
    return [list.rows.map((it) => ids.indexOf(it.case.id) + 1).join(''), list.total];
  };
  return { world, replica, ids, show };
}

test('every filter, in both orders, is the same before and after the centre has the cases', async () => {
  const { replica, show } = await createFive();
  const all = async () => ({
    open: await show({ filter: 'open' }),
    openNewest: await show({ filter: 'open', sort: 'newest' }),
    overdue: await show({ filter: 'overdue' }),
    overdueNewest: await show({ filter: 'overdue', sort: 'newest' }),
    all: await show({ filter: 'all' }),
    allNewest: await show({ filter: 'all', sort: 'newest' }),
    firstTwo: await show({ filter: 'all', limit: 2 }),
    new: await show({ filter: 'new' }),
    cancelled: await show({ filter: 'cancelled', sort: 'newest' }),
    conflicts: await show({ filter: 'conflicts' }),
    ofADay: await show({ filter: 'open', due: { from: NOW - DAY_MS / 2, below: NOW + DAY_MS / 2 } }),
    ofADayAll: await show({ filter: 'all', due: { from: NOW + 2.5 * DAY_MS, below: NOW + 3 * DAY_MS } }),
  });
  const before = await all();
  const waitingBefore = await show({ filter: 'waiting' });
  await syncOnce(replica);

  expect(before).toEqual({
    open: ['1234', 4],
    openNewest: ['4321', 4],
    overdue: ['12', 2],
    overdueNewest: ['21', 2],
    all: ['12345', 5],
    allNewest: ['54321', 5],
    firstTwo: ['12', 5],
    new: ['1234', 4],
    cancelled: ['5', 1],
    conflicts: ['', 0],
    // Due at the first moment of the day is of that day, at its last no more.
    ofADay: ['2', 1],
    ofADayAll: ['5', 1],
  });
  expect(await all()).toEqual(before);
  expect([waitingBefore, await show({ filter: 'waiting' })]).toEqual([
    ['145', 3],
    ['', 0],
  ]);
});

test('of more rows than are asked for, the newest are shown first, whichever order the index has', async () => {
  const { world, replica, ids, show } = await createFive();
  // Made in the order in which they are due, so that the first in one order is the last in the other.
  await syncOnce(replica);
  const surname = (name: string, was: string) => toSet('applicant.surname', name, was);
  const other = await world.createDesk('desk-2').open();
  opened.push(other);
  await syncOnce(other);
  for (const [index, was] of ['Aliyev', 'Botirov'].entries()) {
    await replica.record(ids[index] ?? '', 'c', surname('Ours', was));
    await other.record(ids[index] ?? '', 'c', surname('Theirs', was));
  }
  for (const it of [replica, other, replica]) await syncOnce(it);

  expect({
    overdue: await show({ filter: 'overdue', sort: 'newest', limit: 1 }),
    conflicts: await show({ filter: 'conflicts', sort: 'newest', limit: 1 }),
    ofTwoDays: await show({
      filter: 'open',
      sort: 'newest',
      limit: 1,
      due: { from: NOW - 2 * DAY_MS, below: NOW },
    }),
  }).toEqual({ overdue: ['2', 2], conflicts: ['2', 2], ofTwoDays: ['2', 2] });
});

test('people are found by name in any script, by number and by phone, sent or not', async () => {
  const { replica, ids } = await createFive();
  const found = async (text: string) =>
    (await replica.findCases(text)).map((it) => `${ids.indexOf(it.caseId) + 1} ${it.ground}`);

  expect(await found('Ғуломов')).toEqual(['3 name']);
  expect(await found("g'ulomov jasur")).toEqual(['3 name']);
  expect(await found('Эргашев')).toEqual(['5 name']);
  expect(await found('03000004')).toEqual(['4 number']);
  expect(await found('4563')).toEqual(['4 phone']);
  expect(await found('1708204-26-03000002')).toEqual(['2 number']);
  expect(await found('Zzz')).toEqual([]);
  expect(await found('  ')).toEqual([]);
});
