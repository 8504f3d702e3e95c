import { expect, test } from 'vitest';
import { parseMrz } from '#model/identity/mrz';
import { mrzAnswers, withoutReading } from './mrz-answers.ts';

const ID_CARD = [
  'IUUZBAA0000001142902849990028<',
  '8402297F3402281UZB<<<<<<<<<<<0',
  'NAMUNAVA<<GULNORA<<<<<<<<<<<<<',
];

test('the lines of an ID card fill everything they say and nothing they do not', () => {
  const read = parseMrz(ID_CARD.join('\n'));
  if (read.outcome !== 'read') throw new Error(read.code);
  expect(mrzAnswers(read)).toEqual({
    'applicant.surname': 'Namunava',
    'applicant.givenName': 'Gulnora',
    'applicant.birthDate': '1984-02-29',
    'applicant.sex': 'f',
    'applicant.pinfl': '42902849990028',
    'applicant.documentType': 'id-card',
    'applicant.documentNumber': 'AA0000001',
    'applicant.documentExpires': '2034-02-28',
    'applicant.citizenship': 'UZB',
  });
});

test('a reading taken back takes nothing with it that was typed since', () => {
  const before = { 'applicant.surname': 'Toʻlqinova', 'applicant.citizenship': 'UZB' };
  const filled = {
    'applicant.surname': 'Namunava',
    'applicant.givenName': 'Gulnora',
    'applicant.citizenship': 'UZB',
    'applicant.documentNumber': 'AA0000001',
  };
  const typedSince = {
    'applicant.givenName': 'Gulnora-Oydin',
    'applicant.phone': '+998901234567',
    'form.children.0.child.givenName': 'Oysha',
  };
  expect(withoutReading({ ...before, ...filled, ...typedSince }, { filled, before })).toEqual({
    ...before,
    ...typedSince,
  });
});
