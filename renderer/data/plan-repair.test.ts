import { expect, test } from 'vitest';
import { planRepair } from './plan-repair.ts';

const NOW = 1_795_000_000_000;
const MINUTE = 60_000;
const ROOM = 1_000_000_000;

test.each([
  ['for the first time', { at: 0, tries: 0 }, ROOM, 'reload'],
  ['where nobody knows how much room there is', { at: 0, tries: 0 }, null, 'reload'],
  ['again soon after a reload', { at: NOW - MINUTE, tries: 1 }, ROOM, 'rebuild'],
  ['long after a reload', { at: NOW - 60 * MINUTE, tries: 1 }, ROOM, 'reload'],
  ['soon after a rebuild', { at: NOW - 10_000, tries: 2 }, ROOM, 'later'],
  ['a little after a rebuild', { at: NOW - 20_000, tries: 2 }, ROOM, 'reload'],
  [
    'soon after five tries: a broken disk is not loaded all the time',
    { at: NOW - MINUTE, tries: 5 },
    ROOM,
    'later',
  ],
  ['after the clock went back', { at: NOW + 60 * MINUTE, tries: 2 }, ROOM, 'reload'],
  ['on a full disk, which no copy made anew has room on', { at: NOW - MINUTE, tries: 1 }, 1_000, 'no-room'],
])('a database that is gone %s', (_when, repairs, room, plan) => {
  expect(planRepair(NOW, repairs, room).plan).toBe(plan);
});

test('of a disk that stays broken the window is loaded at most seven times in ten minutes', () => {
  let repairs = { at: 0, tries: 0 };
  const loaded: number[] = [];
  for (let now = NOW; now < NOW + 10 * MINUTE; now += 1_000) {
    const { plan, next } = planRepair(now, repairs, ROOM);
    if (plan === 'reload' || plan === 'rebuild') loaded.push(now - NOW);
    repairs = next;
  }
  expect(loaded).toEqual([0, 1, 16, 46, 106, 226, 466].map((it) => it * 1_000));
});
