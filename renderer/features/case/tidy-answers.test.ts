import { expect, it } from 'vitest';
import { tidyAnswers } from './tidy-answers.ts';

it('keeps names with the right apostrophes and leaves other texts their own', () => {
  expect(
    tidyAnswers({ 'applicant.surname': " Yo'ldoshev  A'zam", 'form.remark': " 5' wide ", 'form.count': 3 }),
  ).toEqual({ 'applicant.surname': 'Yoʻldoshev Aʼzam', 'form.remark': "5' wide", 'form.count': 3 });
});
