import { expect, test } from 'vitest';
import {
  formatBytes,
  formatDate,
  formatDateTime,
  formatIsoDate,
  formatLongDate,
  formatMoment,
  formatMoney,
  formatNumber,
  formatWeekday,
} from './format.ts';
import { formatDuration } from './format-duration.ts';
import type { Language } from './messages.ts';

const LANGUAGES: Language[] = ['uz-Latn', 'uz-Cyrl', 'ru', 'en'];
const TASHKENT = 300;
/** 00:30 of 5 March 2026 in Tashkent; still the 4th in London. */
const AT = Date.UTC(2026, 2, 4, 19, 30);
const withPlainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

test('a day is the day of the centre, not of the computer or of London', () => {
  expect([formatDate('ru', AT, TASHKENT), formatDate('ru', AT, 0)]).toEqual(['05.03.2026', '04.03.2026']);
  expect(withPlainSpaces(formatDateTime('en', AT, TASHKENT))).toBe('05.03.2026 00:30');
});

test('long dates have the official form of each language', () => {
  expect(LANGUAGES.map((it) => withPlainSpaces(formatLongDate(it, AT, TASHKENT)))).toEqual([
    '2026-yil 5-mart',
    '2026 йил 5 март',
    '5 марта 2026 г.',
    '5 March 2026',
  ]);
  expect(LANGUAGES.map((it) => formatWeekday(it, AT, TASHKENT))).toEqual([
    'payshanba',
    'пайшанба',
    'четверг',
    'Thursday',
  ]);
});

test('what is no ISO date is left as it was typed', () => {
  expect([formatIsoDate('2026-03-05'), formatIsoDate('05.03')]).toEqual(['05.03.2026', '05.03']);
});

test('the time alone is enough on the same day', () => {
  const later = AT + 3_600_000;
  expect([
    formatMoment('ru', AT, later, TASHKENT),
    formatMoment('ru', AT, AT + 86_400_000, TASHKENT),
  ]).toEqual(['00:30', '05.03.2026\u00a000:30']);
});

test('numbers keep together and money has the word and not the code', () => {
  expect(LANGUAGES.map((it) => formatMoney(it, 412_000, 'UZS'))).toEqual([
    '412\u00a0000\u00a0soʻm',
    '412\u00a0000\u00a0сўм',
    '412\u00a0000\u00a0сум',
    '412\u00a0000\u00a0soʻm',
  ]);
  expect(
    [formatNumber('ru', 1_234_567.5), formatNumber('en', -1_234.5), formatNumber('ru', 999)].map(
      withPlainSpaces,
    ),
  ).toEqual(['1 234 567,5', '−1 234.5', '999']);
});

test('sizes and spans are short and agree with their number', () => {
  expect([0, 900, 61_440, 2_621_440, 20_971_520].map((it) => withPlainSpaces(formatBytes('ru', it)))).toEqual(
    ['0 байт', '900 байт', '60 КБ', '2,5 МБ', '20 МБ'],
  );
  const spans = [30_000, 300_000, 3_600_000, 5_000_000, 90_000_000, 864_000_000 * 2.1];
  expect(spans.map((it) => withPlainSpaces(formatDuration('ru', it)))).toEqual([
    '0 минут',
    '5 минут',
    '1 час',
    '1 час 23 минуты',
    '1 день 1 час',
    '21 день',
  ]);
  expect(withPlainSpaces(formatDuration('uz-Latn', 93_600_000))).toBe('1 kun 2 soat');
});
