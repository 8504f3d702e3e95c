import { describe, expect, it } from 'vitest';
import { edited, fold, opened } from '#model/case.fixture';
import { correctionOf } from './correction-of.ts';

const around = { country: 'UZ', service: null } as const;
const atOpening = { 'applicant.surname': 'Namunava', 'applicant.givenName': 'Gulnora' };

describe('correctionOf', () => {
  it('leaves alone what was put right elsewhere while the editor was open', () => {
    const elsewhere = edited(
      { 'applicant.surname': 'Namunaxon' },
      { 'applicant.surname': 'Namunava' },
      { device: 'b', n: 1 },
    );
    const { set, was } = correctionOf(atOpening, { ...atOpening, 'applicant.givenName': 'Gulnoza' }, around);
    const state = fold(opened(atOpening), elsewhere, edited(set, was, { device: 'a', n: 2 }));
    expect({ answers: state.answers, conflicts: state.conflicts }).toEqual({
      answers: { 'applicant.surname': 'Namunaxon', 'applicant.givenName': 'Gulnoza' },
      conflicts: [],
    });
  });

  it('offers, and does not force, an answer to a field that meanwhile holds another', () => {
    const elsewhere = edited(
      { 'applicant.surname': 'Namunaxon' },
      { 'applicant.surname': 'Namunava' },
      { device: 'b', n: 1 },
    );
    const { set, was } = correctionOf(atOpening, { ...atOpening, 'applicant.surname': 'Namunabonu' }, around);
    const state = fold(opened(atOpening), elsewhere, edited(set, was, { device: 'a', n: 2 }));
    expect(state.conflicts).toMatchObject([{ kept: 'Namunaxon', offered: 'Namunabonu' }]);
  });

  it('changes nothing where only a space was added, and tidies nothing it was not opened for', () => {
    const before = { 'applicant.surname': 'Namunava', 'applicant.phone': '90 123 45 67' };
    expect(correctionOf(before, { ...before, 'applicant.surname': 'Namunava ' }, around)).toEqual({
      set: {},
      was: {},
    });
  });

  it('keeps what Enter came upon before the field could tidy it', () => {
    expect(correctionOf(atOpening, { ...atOpening, 'applicant.phone': '90 123-45-67' }, around)).toEqual({
      set: { 'applicant.phone': '+998901234567' },
      was: { 'applicant.phone': null },
    });
  });
});
