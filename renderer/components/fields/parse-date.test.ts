import { expect, test } from 'vitest';
import { parseDate } from './parse-date.ts';

const read = (...texts: string[]) => texts.map((it) => parseDate(it, '2026-11-22'));

test('a day is read in every way a hand types it', () => {
  const day = '2026-03-05';
  expect(
    read(
      '05.03.2026',
      '05032026',
      '5.3.2026',
      '5/3/2026',
      '05 03 2026',
      '2026-03-05',
      ' 05,03,26 ',
      '050326',
    ),
  ).toEqual(Array(8).fill(day));
});

test('two figures of a year reach ten years ahead and no further', () => {
  expect(read('29.02.84', '01.01.36', '01.01.37', '010199')).toEqual([
    '1984-02-29',
    '2036-01-01',
    '1937-01-01',
    '1999-01-01',
  ]);
});

test('what is no day is not bent into one', () => {
  expect(
    read('31.02.2026', '29.02.2025', '00.10.2026', '5.13.2026', '0503202', 'kecha', '', '05.03', '2026'),
  ).toEqual(Array(9).fill(null));
});
