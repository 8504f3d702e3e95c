import { expect, test } from 'vitest';
import { createTranslate } from '../../i18n/messages.ts';
import { problemText } from './problem-text.ts';

test('a personal number of a wrong length is told how many digits this country gives it', () => {
  const t = createTranslate('en');
  const problem = { path: 'applicant.pinfl', code: 'bad-pinfl', severity: 'wall' } as const;
  const say = (country: 'UZ' | 'GE') =>
    problemText(problem, { answers: { 'applicant.pinfl': '0102400' }, country, t, language: 'en' });
  expect([say('UZ'), say('GE')]).toEqual([
    '14 digits are needed, there are 7',
    '11 digits are needed, there are 7',
  ]);
});
