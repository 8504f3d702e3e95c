import { expect, test } from 'vitest';
import { withoutRow } from './without-row.ts';

test('the rows after the one taken out move up, everything else stays', () => {
  const answers = {
    'form.children.0.name': 'Aziz',
    'form.children.1.name': 'Barno',
    'form.children.1.home.region': '1708',
    'form.children.2.name': 'Gulnora',
    'form.childrenCount': 3,
    'applicant.surname': 'Karimova',
  };
  expect(withoutRow(answers, 'form.children', 1)).toEqual({
    'form.children.0.name': 'Aziz',
    'form.children.1.name': 'Gulnora',
    'form.childrenCount': 3,
    'applicant.surname': 'Karimova',
  });
});
