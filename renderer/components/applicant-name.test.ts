import { describe, expect, it } from 'vitest';
import { applicantShortName } from './applicant-name.ts';

const named = (surname: string | null, givenName: string | null, patronymic: string | null) =>
  applicantShortName({
    'applicant.surname': surname,
    'applicant.givenName': givenName,
    'applicant.patronymic': patronymic,
  });

describe('applicantShortName', () => {
  it('gives the surname and initials', () => {
    expect(named('Karimova', 'Dilfuza', 'Baxtiyorovna')).toBe('Karimova D. B.');
    expect(named('Юсупов', 'Ўктам', 'Ғайратович')).toBe('Юсупов Ў. Ғ.');
  });
  it('keeps the letters that are written with two signs whole', () => {
    expect(named('GULYAMOV', 'OʻKTAM', 'SHAVKAT OʻGʻLI')).toBe('GULYAMOV Oʻ. Sh.');
  });
  it('makes do with one name', () => {
    expect(named(null, 'Zebo', '')).toBe('Zebo');
    expect(named('Zebo', null, null)).toBe('Zebo');
  });
});
