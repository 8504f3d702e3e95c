import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCollator } from './collate.ts';
import { LANGUAGES } from './local-text.ts';

test('Uzbek in Latin letters ends with Z, Oʻ, Gʻ, Sh, Ch, whichever apostrophe was typed', () => {
  const words = ['Chori', 'Shodi', 'G’ani', 'Oʼtkir', 'Zafar', 'Olim', 'Gul', 'Sobir', 'O`gʻil'];
  expect(words.sort(createCollator('uz-Latn'))).toEqual([
    'Gul',
    'Olim',
    'Sobir',
    'Zafar',
    'Oʼtkir',
    'O`gʻil',
    'G’ani',
    'Shodi',
    'Chori',
  ]);
});

test('Uzbek in Cyrillic ends with Ў, Қ, Ғ, Ҳ', () => {
  const words = [
    'Ҳаким',
    'Ғани',
    'Қодир',
    'Ўткир',
    'Яхё',
    'Эркин',
    'Хуршид',
    'Уктам',
    'Ёқуб',
    'Елена',
    'Жасур',
    'Карим',
    'Азиз',
  ];
  expect(words.sort(createCollator('uz-Cyrl'))).toEqual([
    'Азиз',
    'Елена',
    'Ёқуб',
    'Жасур',
    'Карим',
    'Уктам',
    'Хуршид',
    'Эркин',
    'Яхё',
    'Ўткир',
    'Қодир',
    'Ғани',
    'Ҳаким',
  ]);
});

test.each(LANGUAGES)('in %s numbers go by value and shorter before longer', (language) => {
  const sorted = ['а', 'аа', 'а 2', 'а 10', '3'].sort(createCollator(language));
  expect(sorted).toEqual(['3', 'а', 'а 2', 'а 10', 'аа']);
});

test.each(LANGUAGES)('the order of %s is an order', (language) => {
  const compare = createCollator(language);
  const word = fc.stringMatching(/^[А-Яа-яЎўҚқҒғҲҳЁёA-Za-zʻ'’ 0-9]{0,6}$/);
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
