import { expect, test } from 'vitest';
import { checkPinfl, isPersonalNumber, isRealDate, maskPinfl } from './pinfl.ts';

const vectors = [
  ['30211975910033', '1997-11-02', 'm'],
  ['30101809990019', '1980-01-01', 'm'],
  ['42902849990028', '1984-02-29', 'f'],
  ['53112059990033', '2005-12-31', 'm'],
  ['61506129990040', '2012-06-15', 'f'],
  ['30711590000051', '1959-11-07', 'm'],
] as const;

test.each(vectors)('%s is of somebody born %s, %s', (pinfl, birthDate, sex) => {
  expect(checkPinfl(pinfl)).toEqual({ outcome: 'ok', pinfl, birthDate, sex });
});

test.each(vectors)('any one digit of %s typed wrong shows', (pinfl) => {
  const wrong = [...pinfl].flatMap((right, at) =>
    [...'0123456789'].filter((it) => it !== right).map((it) => pinfl.slice(0, at) + it + pinfl.slice(at + 1)),
  );
  expect(wrong.filter((it) => checkPinfl(it).outcome === 'ok')).toEqual([]);
});

test.each([
  ['', 'length'],
  ['3010180999001', 'length'],
  ['301018099900199', 'length'],
  ['3010180999001X', 'characters'],
  ['٣٠١٠١٨٠٩٩٩٠٠١٩', 'characters'],
  ['00101809990019', 'century'],
  ['70101809990019', 'century'],
  ['30113809990019', 'date'],
  ['33102809990019', 'date'],
  ['42902859990028', 'date'],
  ['30101809990018', 'check-digit'],
])('%j is bad: %s', (text, code) => {
  expect(checkPinfl(text)).toEqual({ outcome: 'bad', code });
});

test('spaces and dashes within are forgiven', () => {
  expect(checkPinfl(' 3 010180 999-001-9\n')).toMatchObject({ outcome: 'ok', pinfl: '30101809990019' });
});

test('a number in a list shows its first digit and its last three', () => {
  expect([maskPinfl('30101809990019'), maskPinfl('01000000000'), maskPinfl('123'), maskPinfl('')]).toEqual([
    '3••••••••••019',
    '0•••••••000',
    '•••',
    '',
  ]);
});

test('eleven digits are a personal number of Georgia', () => {
  expect(['01000000000', '0100000000', '30101809990019', '30101809990018'].map(isPersonalNumber)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('a day that does not exist is no date', () => {
  expect(
    ['2024-02-29', '2026-02-29', '2026-04-31', '2026-00-10', '26-01-01', '2026-1-1', ''].map(isRealDate),
  ).toEqual([true, false, false, false, false, false, false]);
});
