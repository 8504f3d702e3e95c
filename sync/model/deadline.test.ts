import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, createWorkingCalendar, dueAt, isInWindow, localDate, ruleInForce } from './deadline.ts';
import type { CalendarDay } from './reference.ts';
import type { DeadlineRule } from './service.ts';

const name = { 'uz-Latn': '', 'uz-Cyrl': '', ru: '', en: '' };
const day = (date: string, works = false, more: Partial<CalendarDay> = {}): CalendarDay => ({
  kind: 'calendar-day',
  id: `UZ-${date}`,
  country: 'UZ',
  date,
  works,
  provisional: false,
  name,
  ...more,
});
/** 2026 in Uzbekistan: Navroʻz with Ramazon hayit 20–23 March, Qurbon hayit, and a swapped Saturday. */
const days = [
  ...[
    '01-01',
    '03-08',
    '03-09',
    '03-20',
    '03-21',
    '03-23',
    '05-09',
    '05-11',
    '05-27',
    '09-01',
    '10-01',
    '12-08',
  ].map((it) => day(`2026-${it}`)),
  day('2026-03-14', true),
];
const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '17:30' }));
const hours = [...weekdays, { weekday: 6, opens: '09:00', closes: '15:00' }];
const tashkent = createWorkingCalendar({ days, hours, country: 'UZ', utcOffsetMinutes: 300 });
const at = (local: string) => Date.parse(`${local}+05:00`);
const due = (rule: DeadlineRule, opened: string) => {
  const ms = dueAt(rule, at(opened), tashkent);
  return ms === null ? null : new Date(ms + 300 * 60_000).toISOString().slice(0, 16);
};
const workingDays = (count: number): DeadlineRule => ({ unit: 'working-days', count });

describe('working days of 2026', () => {
  test.each([
    ['a Friday', '2026-11-20', true],
    ['a Saturday on which the centre is open', '2026-11-21', false],
    ['a Sunday', '2026-11-22', false],
    ['Navroʻz', '2026-03-21', false],
    ['the Monday given for it', '2026-03-23', false],
    ['hayit', '2026-05-27', false],
    ['the Saturday worked in exchange', '2026-03-14', true],
  ])('%s', (_, date, works) => {
    expect(tashkent.isWorkingDay(date)).toBe(works);
  });

  test('there are 253 of them: 261 weekdays, nine off, a Saturday worked', () => {
    expect(tashkent.workingDaysBetween('2025-12-31', '2026-12-31')).toBe(253);
  });

  test('three from Thursday before the feast are over on the Thursday after it', () => {
    expect(tashkent.addWorkingDays('2026-03-19', 3)).toBe('2026-03-26');
  });

  test('what comes on a day off is counted from the next working day', () => {
    expect(
      ['2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23'].map((it) => tashkent.addWorkingDays(it, 1)),
    ).toEqual(Array(4).fill('2026-03-24'));
  });

  test('a decided day goes before a forecast, in whatever order they came, and other countries have their own', () => {
    const forecast = day('2026-05-28', false, { provisional: true, id: 'forecast' });
    const decided = day('2026-05-28', true, { id: 'decided' });
    const georgian = day('2026-05-26', false, { country: 'GE' });
    for (const list of [
      [forecast, decided, georgian],
      [georgian, decided, forecast],
    ]) {
      const calendar = createWorkingCalendar({ days: list, hours, country: 'UZ', utcOffsetMinutes: 300 });
      expect([calendar.isWorkingDay('2026-05-28'), calendar.isWorkingDay('2026-05-26')]).toEqual([
        true,
        true,
      ]);
    }
  });

  test('the nth working day is a working day, and n working days lie between', () => {
    const start = fc.integer({ min: 0, max: 364 }).map((it) => addDays('2026-01-01', it));
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 60 }), (date, count) => {
        const end = tashkent.addWorkingDays(date, count);
        expect([tashkent.isWorkingDay(end), tashkent.workingDaysBetween(date, end)]).toEqual([true, count]);
        expect(tashkent.workingDaysBetween(end, date)).toBe(-count);
        expect(tashkent.addWorkingDays(date, count + 1) > end).toBe(true);
      }),
    );
  });
});

describe('due', () => {
  test.each<[string, DeadlineRule, string, string | null]>([
    [
      'minutes and hours to the minute, night or day',
      { unit: 'minutes', count: 5 },
      '2026-11-20T17:58',
      '2026-11-20T18:03',
    ],
    ['two hours', { unit: 'hours', count: 2 }, '2026-11-20T23:30', '2026-11-21T01:30'],
    ['a working day, at closing time', workingDays(1), '2026-11-20T09:01', '2026-11-23T17:30'],
    ['working days over the feast', workingDays(3), '2026-03-19T16:00', '2026-03-26T17:30'],
    ['a case of before dawn, by the local date', workingDays(1), '2026-11-24T00:10', '2026-11-25T17:30'],
    [
      'calendar days, Saturday hours',
      { unit: 'calendar-days', count: 11 },
      '2026-11-24T10:00',
      '2026-12-05T15:00',
    ],
    [
      'a Sunday without hours, at the usual time',
      { unit: 'calendar-days', count: 2 },
      '2026-11-20T10:00',
      '2026-11-22T18:00',
    ],
    ['a month', { unit: 'months', count: 1 }, '2026-11-20T10:00', '2026-12-20T18:00'],
    ['a month to a shorter one', { unit: 'months', count: 1 }, '2026-01-31T10:00', '2026-02-28T15:00'],
    ['months over the year', { unit: 'months', count: 3 }, '2025-11-30T10:00', '2026-02-28T15:00'],
    [
      'a window',
      { unit: 'window', opens: '06-20', closes: '07-31', workingDays: 4 },
      '2026-07-01T10:00',
      '2026-07-07T17:30',
    ],
    ['nothing that can be promised', { unit: 'open', reason: 'vacancy' }, '2026-07-01T10:00', null],
  ])('%s', (_, rule, opened, expected) => {
    expect(due(rule, opened)).toBe(expected);
  });

  test('at 18:00 where no hours are known', () => {
    const bare = createWorkingCalendar({ days: [], hours: [], country: 'GE', utcOffsetMinutes: 240 });
    expect(dueAt(workingDays(1), Date.parse('2026-11-20T10:00+04:00'), bare)).toBe(
      Date.parse('2026-11-23T18:00+04:00'),
    );
  });
});

test('a deadline is the one in force on the local day of opening', () => {
  const service = {
    deadlines: [
      { from: '2026-08-01', rule: workingDays(2) },
      { from: '2025-01-01', until: '2026-01-01', rule: workingDays(10) },
    ],
  };
  const rules = [
    '2024-01-01T00:00',
    '2025-06-01T00:00',
    '2026-03-01T00:00',
    '2026-07-31T23:59',
    '2026-08-01T00:00',
  ];
  expect(rules.map((it) => ruleInForce(service, at(it), 300))).toEqual([10, 10, 10, 10, 2].map(workingDays));
});

test('a window has both its ends in it, and may lie over the new year', () => {
  const summer: DeadlineRule = { unit: 'window', opens: '06-20', closes: '07-31', workingDays: 4 };
  const winter: DeadlineRule = { unit: 'window', opens: '12-20', closes: '01-10', workingDays: 4 };
  const inWindow = (rule: DeadlineRule, dates: string[]) =>
    dates.map((it) => isInWindow(rule, at(`2026-${it}`), 300));
  expect(inWindow(summer, ['06-19T23:59', '06-20T00:00', '07-31T23:59', '08-01T00:00'])).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(inWindow(winter, ['12-19T10:00', '12-20T10:00', '01-10T10:00', '01-11T10:00'])).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(inWindow(workingDays(1), ['02-01T00:00'])).toEqual([true]);
});

test('the local date is the one on the wall', () => {
  expect([
    localDate(Date.parse('2026-11-22T19:00Z'), 300),
    localDate(Date.parse('2026-11-22T18:59Z'), 300),
  ]).toEqual(['2026-11-23', '2026-11-22']);
});
