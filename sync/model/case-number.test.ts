import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from './case-number.ts';

const parts = fc.record({
  prefix: fc.stringMatching(/^\d{7}$/),
  year: fc.integer({ min: 2000, max: 2099 }),
  desk: fc.integer({ min: 0, max: 99 }),
  serial: fc.integer({ min: 0, max: 999_999 }),
});
const example = { prefix: '1708204', year: 2026, desk: 3, serial: 147 };

test('the number of the 147th case of desk 3 in Baxmal in 2026', () => {
  expect(formatCaseNumber(example)).toBe('1708204-26-03000147-29');
});

test('a number is read back into its parts', () => {
  fc.assert(
    fc.property(parts, (it) => {
      const number = formatCaseNumber(it);
      expect(parseCaseNumber(number)).toEqual({
        outcome: 'ok',
        number,
        prefix: it.prefix,
        year2: it.year % 100,
        desk: it.desk,
        serial: it.serial,
      });
    }),
  );
});

test.each([
  '1708204260300014729',
  ' 1708204 26 03000147 29 ',
  '1708204–26–03000147–29',
  '1708204\u00a026-03000147-29\n',
])('is read as typed: %j', (text) => {
  expect(parseCaseNumber(text)).toMatchObject({ outcome: 'ok', number: '1708204-26-03000147-29' });
});

test.each([
  '',
  '1708204-26-03000147-2',
  '1708204-26-03000147-290',
  'A708204-26-03000147-29',
  '١٧٠٨٢٠٤٢٦٠٣٠٠٠١٤٧٢٩',
])('is no number: %j', (text) => {
  expect(parseCaseNumber(text)).toEqual({ outcome: 'bad', code: 'shape' });
});

test('every wrong digit and every swap of neighbours shows', () => {
  fc.assert(
    fc.property(parts, (it) => {
      const digits = formatCaseNumber(it).replaceAll('-', '');
      const places = [...digits].map((_, at) => at);
      const wrong = places.flatMap((at) => wrongDigits(digits, at));
      const swapped = places.map((at) => swappedAt(digits, at)).filter((text) => text !== digits);
      const outcomes = new Set([...wrong, ...swapped].map((text) => JSON.stringify(parseCaseNumber(text))));
      expect([...outcomes]).toEqual([JSON.stringify({ outcome: 'bad', code: 'check-digits' })]);
    }),
    { numRuns: 50 },
  );
});

function wrongDigits(digits: string, at: number): string[] {
  const others = [...'0123456789'].filter((it) => it !== digits[at]);
  return others.map((it) => digits.slice(0, at) + it + digits.slice(at + 1));
}

function swappedAt(digits: string, at: number): string {
  return digits.slice(0, at) + digits.slice(at + 1, at + 2) + digits.slice(at, at + 1) + digits.slice(at + 2);
}

test('what would not fit into its places is a bug and no number', () => {
  for (const bad of [
    { serial: 1_000_000 },
    { desk: 100 },
    { year: 26 },
    { prefix: '170820' },
    { serial: 1.5 },
  ]) {
    expect(() => formatCaseNumber({ ...example, ...bad })).toThrow(RangeError);
  }
});
