import { expect, test } from 'vitest';
import { amountInWords } from './amount-in-words.ts';
import type { Language } from './messages.ts';

const inAll = (amount: number, currency: 'UZS' | 'GEL' = 'UZS') =>
  (['uz-Latn', 'uz-Cyrl', 'ru', 'en'] satisfies Language[]).map((it) => amountInWords(it, amount, currency));

test('a sum is written out in every language of a receipt', () => {
  expect(inAll(412_000)).toEqual([
    'Toʻrt yuz oʻn ikki ming soʻm',
    'Тўрт юз ўн икки минг сўм',
    'Четыреста двенадцать тысяч сумов',
    'Four hundred twelve thousand soʻm',
  ]);
});

test('Russian thousands are feminine and the currency agrees with the number', () => {
  expect([1, 2, 21_000, 2_000, 1_001, 22_022, 11].map((it) => amountInWords('ru', it, 'UZS'))).toEqual([
    'Один сум',
    'Два сума',
    'Двадцать одна тысяча сумов',
    'Две тысячи сумов',
    'Одна тысяча один сум',
    'Двадцать две тысячи двадцать два сума',
    'Одиннадцать сумов',
  ]);
});

test('nothing, gaps between groups and the largest sums have words', () => {
  expect(inAll(0)).toEqual(['Nol soʻm', 'Нол сўм', 'Ноль сумов', 'Zero soʻm']);
  expect(inAll(1_000_007, 'GEL')).toEqual([
    'Bir million yetti lari',
    'Бир миллион етти лари',
    'Один миллион семь лари',
    'One million seven lari',
  ]);
  expect(amountInWords('uz-Latn', 999_999_999_999, 'UZS')).toBe(
    'Toʻqqiz yuz toʻqson toʻqqiz milliard toʻqqiz yuz toʻqson toʻqqiz million toʻqqiz yuz toʻqson toʻqqiz ming toʻqqiz yuz toʻqson toʻqqiz soʻm',
  );
  expect(amountInWords('en', 1_742_019, 'UZS')).toBe(
    'One million seven hundred forty-two thousand nineteen soʻm',
  );
});
