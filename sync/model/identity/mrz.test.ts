import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeMrz, parseMrz } from './mrz.ts';

const card = [
  'IUUZBAA0000001142902849990028<',
  '8402297F3402281UZB<<<<<<<<<<<0',
  'NAMUNAVA<<GULNORA<<<<<<<<<<<<<',
] as const;
const passport = [
  'P<UZBNAMUNAVA<<GULNORA<<<<<<<<<<<<<<<<<<<<<<',
  'FA00000016UZB8402297F34022814290284999002824',
] as const;
/** The specimen of ICAO 9303 part 4: another country, letters within the number. */
const foreign = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
] as const;

const gulnora = {
  surname: 'NAMUNAVA',
  givenName: 'GULNORA',
  nationality: 'UZB',
  birthDate: '1984-02-29',
  sex: 'f',
  expires: '2034-02-28',
  pinfl: '42902849990028',
} as const;
const fromCard = {
  outcome: 'read',
  kind: 'TD1',
  ...gulnora,
  documentNumber: 'AA0000001',
  documentType: 'IU',
  corrected: false,
};
const fromPassport = {
  outcome: 'read',
  kind: 'TD3',
  ...gulnora,
  documentNumber: 'FA0000001',
  documentType: 'P',
  corrected: false,
};

const altered = (lines: readonly string[], line: number, at: number, sign: string) =>
  lines.map((it, index) => (index === line ? it.slice(0, at) + sign + it.slice(at + 1) : it)).join('\n');

/** The check digit of ICAO 9303, worked out anew. */
function digitOf(signs: string): string {
  const values = [...signs]
    .map((it) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(it))
    .map((it) => Math.max(0, it));
  return String(values.reduce((sum, it, at) => sum + it * Number('731'[at % 3]), 0) % 10);
}

/** A foreign passport whose check digits all agree. */
function madeZone({ birth = '740812', expiry = '300415' }): string {
  const [number, personal] = ['L898902C36', '<<<<<<<<<<<<<<0'];
  const [born, expires] = [birth + digitOf(birth), expiry + digitOf(expiry)];
  const composite = digitOf(number + born + expires + personal);
  return `${foreign[0]}\n${number}UTO${born}F${expires}${personal}${composite}`;
}

test('reads the ID card and the passport', () => {
  expect([parseMrz(card.join('\n')), parseMrz(passport.join('\n'))]).toEqual([fromCard, fromPassport]);
});

test('reads a passport of another country, and takes no personal number out of it', () => {
  expect(parseMrz(foreign.join('\r\n'))).toEqual({
    outcome: 'read',
    kind: 'TD3',
    surname: 'ERIKSSON',
    givenName: 'ANNA MARIA',
    documentNumber: 'L898902C3',
    documentType: 'P',
    nationality: 'UTO',
    birthDate: '1974-08-12',
    sex: 'f',
    expires: '2012-04-15',
    pinfl: null,
    corrected: false,
  });
});

describe('a check digit that does not agree names its field', () => {
  const places = [
    ['card', card, 0, 14, 'document-number'],
    ['card', card, 1, 6, 'birth-date'],
    ['card', card, 1, 14, 'expiry'],
    ['card', card, 1, 29, 'composite'],
    ['passport', passport, 1, 9, 'document-number'],
    ['passport', passport, 1, 19, 'birth-date'],
    ['passport', passport, 1, 27, 'expiry'],
    ['passport', passport, 1, 42, 'personal-number'],
    ['passport', passport, 1, 43, 'composite'],
  ] as const;
  test.each(places)('%s: %#', (_, lines, line, at, field) => {
    const others = [...'0123456789'].filter((it) => it !== lines[line]?.[at]);
    const outcomes = others.map((it) => parseMrz(altered(lines, line, at, it)));
    expect(outcomes).toEqual(others.map(() => ({ outcome: 'unreadable', code: 'check-digit', field })));
  });
});

const checked = [
  [card, 0, 5, 30],
  [card, 1, 0, 7],
  [card, 1, 8, 15],
  [passport, 1, 0, 10],
  [passport, 1, 13, 20],
  [passport, 1, 21, 44],
] as const;

test.each(checked)('no digit of a number or a date can be wrong unseen: %#', (lines, line, from, to) => {
  const isDigit = (at: number) => /\d/.test(lines[line]?.[at] ?? '');
  const spots = Array.from({ length: to - from }, (_, it) => from + it).filter(isDigit);
  const wrong = spots.flatMap((at) =>
    [...'0123456789'].filter((it) => it !== lines[line]?.[at]).map((it) => altered(lines, line, at, it)),
  );
  expect(wrong.filter((it) => parseMrz(it).outcome !== 'unreadable')).toEqual([]);
});

describe('forgives', () => {
  const same = { ...fromCard, corrected: expect.any(Boolean) };
  test.each([
    ['small letters', card.join('\n').toLowerCase()],
    ['other ends of lines', card.join('\r\n\r\n')],
    ['tabs from a wedge', card.join('\t')],
    ['no ends of lines', card.join('')],
    ['spaces that a reader put in', card.join('\n').replaceAll('UZB', ' UZB ')],
    ['lines around it', `ID CARD\nOʻZBEKISTON\n${card.join('\n')}\nthank you`],
    ['fillers lost at the ends', card.map((it) => it.replace(/<+$/, '')).join('\n')],
    ['all fillers of the second line lost', [card[0], card[1].replaceAll('<', ''), card[2]].join('\n')],
    ['a filler too many', [card[0], card[1].replace('<<', '<<<'), card[2]].join('\n')],
    ['guillemets for fillers', card.join('\n').replaceAll('<<', '«')],
    ['Cyrillic look-alikes', card.join('\n').replaceAll('A', 'А').replaceAll('O', 'О').replaceAll('B', 'В')],
    ['O for 0 in the number', altered(card, 0, 8, 'O')],
    ['I for 1 in the number', altered(card, 0, 13, 'I')],
    ['O for 0 in the personal number', altered(card, 0, 18, 'O')],
    ['O for 0 in a check digit', altered(card, 1, 29, 'O')],
    ['0 for O in the name', altered(card, 2, 14, '0')],
    ['8 for B in the country', altered(card, 0, 4, '8')],
    ['one filler left between the names', [card[0], card[1], 'NAMUNAVA<GULNORA'].join('\n')],
  ])('%s', (_, text) => {
    expect(parseMrz(text)).toEqual(same);
  });

  test.each([
    ['fillers lost', passport.map((it) => it.replace(/<+$/, '')).join('\n')],
    ['no ends of lines', passport.join('')],
    [
      'O for 0 and I for 1 everywhere in the digits',
      `${passport[0]}\n${passport[1].slice(0, 2)}${passport[1].slice(2).replaceAll('0', 'O').replaceAll('1', 'I')}`,
    ],
  ])('in a passport: %s', (_, text) => {
    expect(parseMrz(text)).toEqual({ ...fromPassport, corrected: expect.any(Boolean) });
  });

  test('O and 0 in a foreign number, where the check digit allows one way only', () => {
    expect(parseMrz(foreign.join('\n').replace('L898902C3', 'L8989O2C3'))).toMatchObject({
      documentNumber: 'L898902C3',
      corrected: true,
    });
  });

  test('and says whether it had to', () => {
    const read = [
      card.join('\n').toLowerCase(),
      altered(card, 0, 8, 'O'),
      card.map((it) => it.replace(/<+$/, '')).join('\n'),
    ];
    expect(read.map((it) => parseMrz(it))).toMatchObject([
      { corrected: false },
      { corrected: true },
      { corrected: true },
    ]);
  });
});

describe('does not read', () => {
  test.each([
    ['nothing', '', { code: 'no-mrz' }],
    ['a name', 'PULATOVA GULNORA', { code: 'no-mrz' }],
    ['a case number', '1708204-26-03000147-29', { code: 'no-mrz' }],
    ['one line of a card', card[0], { code: 'no-mrz' }],
    [
      'a card whose second line is cut',
      [card[0], card[1].slice(0, 12), card[2]].join('\n'),
      { code: 'line-length' },
    ],
    ['a passport with signs too many', [passport[0], `${passport[1]}77`].join('\n'), { code: 'line-length' }],
    ['a month 13', madeZone({ birth: '841301' }), { code: 'date', field: 'birth-date' }],
    ['a 30th of February', madeZone({ expiry: '340230' }), { code: 'date', field: 'expiry' }],
  ])('%s', (_, text, why) => {
    expect(parseMrz(text)).toEqual({ outcome: 'unreadable', ...why });
  });

  test('and never throws, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^P<UZB[A-Z0-9<]{0,50}\n[A-Z0-9<]{0,50}$/)),
        (text) => {
          expect(['read', 'unreadable']).toContain(parseMrz(text).outcome);
        },
      ),
    );
  });
});

test('the century of birth is told by the day, else by the expiry', () => {
  const born = (birth: string, today?: string) => {
    const read = parseMrz(madeZone({ birth, expiry: '300415' }), today);
    return read.outcome === 'read' ? read.birthDate : read;
  };
  expect([
    born('240812'),
    born('260812'),
    born('240812', '2026-11-22'),
    born('261212', '2026-11-22'),
  ]).toEqual(['2024-08-12', '1926-08-12', '2024-08-12', '1926-12-12']);
});

test('the personal number goes before both, for it says the century', () => {
  expect(parseMrz(card.join('\n'), '1990-01-01')).toMatchObject({ birthDate: '1984-02-29' });
});

test('knows a zone from other things that are scanned or pasted', () => {
  const zones = [
    card.join('\n'),
    passport.join(''),
    altered(card, 0, 14, '9'),
    card.join('\n').toLowerCase(),
  ];
  const others = [
    'https://my.gov.uz/case/1',
    'IUUZB',
    '30101809990019',
    'Pulatova',
    'INVOICE 1234567890 1234567890 123456',
  ];
  expect([zones.map(looksLikeMrz), others.map(looksLikeMrz)]).toEqual([
    zones.map(() => true),
    others.map(() => false),
  ]);
});
