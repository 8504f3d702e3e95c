import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseApostrophes, searchForm, toCyrillic, toLatin } from './script.ts';

/** Cyrillic, Latin; both ways. */
const bothWays = [
  ['ер', 'yer'],
  ['дунё-ер', 'dunyo-yer'],
  ['объект', 'obyekt'],
  ['браконьер', 'brakonyer'],
  ['эски', 'eski'],
  ['дае', 'daye'],
  ['Исҳоқ', 'Isʼhoq'],
  ['асҳоб', 'asʼhob'],
  ['йўл', 'yoʻl'],
  ['ёқ', 'yoq'],
  ['мўъжиза', 'moʻjiza'],
  ['цирк', 'sirk'],
  ['пицца', 'pitssa'],
  ['мотивация', 'motivatsiya'],
  ['вакцина', 'vaksina'],
  ['лицей', 'litsey'],
  ['сентябрь', 'sentabr'],
  ['октябрь', 'oktabr'],
  ['ноябрь', 'noyabr'],
  ['альбом', 'albom'],
  ['рубль', 'rubl'],
  ['маъно', 'maʼno'],
  ['эълон', 'eʼlon'],
  ['ШАҲАР', 'SHAHAR'],
  ['Шаҳар', 'Shahar'],
  ['Ёқуб', 'Yoqub'],
  ['ЁҚУБ', 'YOQUB'],
  ['Ш.', 'Sh.'],
  ['Я.', 'Ya.'],
  ['Ўктам Ғуломов', 'Oʻktam Gʻulomov'],
  ['Қишлоқ Чоржўй', 'Qishloq Chorjoʻy'],
  ['сентябрда объектнинг', 'sentabrda obyektning'],
] as const;

test.each(bothWays.filter(([cyrillic]) => cyrillic !== 'сентябрда объектнинг'))(
  '%s is %s',
  (cyrillic, latin) => {
    expect([toLatin(cyrillic), toCyrillic(latin)]).toEqual([latin, cyrillic]);
  },
);

test('what follows an irregular word is turned by rule', () => {
  expect([toLatin('октябрьда объектнинг'), toCyrillic('oktabrda obyektning')]).toEqual([
    'oktabrda obyektning',
    'октябрьда объектнинг',
  ]);
});

test.each([
  'https://my.gov.uz/uz',
  'a.karimov@adliya.uz',
  'XXI',
  'AA1234567',
  'SOC-03',
  '+998 90 123-45-67',
  'my.gov.uz',
])('%s stays as it is', (text) => {
  expect([toCyrillic(text), toLatin(text)]).toEqual([text, text]);
});

test('a code within a sentence stays, the sentence does not', () => {
  expect(toCyrillic('XXI asr, AA1234567 (pasport)')).toBe('XXI аср, AA1234567 (паспорт)');
});

describe('apostrophes', () => {
  test.each(["'", '‘', '’', '`', 'ʼ', 'ʻ', '´', '′'])(
    '%s typed is stored as ʻ after o and g, else as ʼ',
    (typed) => {
      expect(normaliseApostrophes(`O${typed}ktam G${typed}ulomov tog${typed} ma${typed}no`)).toBe(
        'Oʻktam Gʻulomov togʻ maʼno',
      );
    },
  );

  test('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-gosʻʼ'’ -]{0,20}$/), (text) => {
        const once = normaliseApostrophes(text);
        expect(normaliseApostrophes(once)).toBe(once);
      }),
    );
  });
});

test('text in Latin letters has no Cyrillic in it once it is Latin', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[А-Яа-яЁёЎўҚқҒғҲҳ .-]{0,30}$/), (text) => {
      expect(toLatin(text)).not.toMatch(/[\u0400-\u04FF]/);
      expect(searchForm(text)).toMatch(/^[a-z ]*$/);
    }),
  );
});

test.each([
  ['tugʻilish', 'tug‘ilish', 'туғилиш', 'тугилиш', "TUG'ILISH"],
  ['toʻlov', 'tolov', 'тўлов', 'тулов'],
  ['hayit', 'ҳайит', 'xayit', 'хайит'],
  ['ребёнок', 'ребенок'],
  ['qoʻshish', 'қўшиш', 'кушиш'],
  ['yoʻl', 'йўл', 'YOL'],
  ['maʼlumotnoma', 'маълумотнома', 'malumotnoma'],
])('%s is found however it is typed', (...spellings) => {
  expect(new Set(spellings.map(searchForm)).size).toBe(1);
});

test('folding keeps words, digits and their order', () => {
  expect(searchForm('  1-sinfga qabul (mikrohudud) — AA1234567 ')).toBe(
    '1 sinfga kabol mikrohodod aa1234567',
  );
});
