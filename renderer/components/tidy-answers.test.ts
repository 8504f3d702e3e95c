import { expect, it } from 'vitest';
import { Service } from '#model/service';
import { tidyAnswers } from './tidy-answers.ts';

const uzbek = { country: 'UZ', service: null } as const;

it('keeps names with the right apostrophes and leaves other texts their own', () => {
  expect(
    tidyAnswers(
      { 'applicant.surname': " Yo'ldoshev  A'zam", 'form.remark': " 5' wide ", 'form.count': 3 },
      uzbek,
    ),
  ).toEqual({ 'applicant.surname': 'Yoʻldoshev Aʼzam', 'form.remark': "5' wide", 'form.count': 3 });
});

it('keeps numbers as the fields for them would, whatever is left of what was typed', () => {
  expect(
    tidyAnswers(
      {
        'applicant.pinfl': '4290 2849 990028 ',
        'form.children.0.child.pinfl': '42902849-990028',
        'applicant.phone': '(90) 123-45-67',
        'representative.phone': 'ask the neighbour',
      },
      uzbek,
    ),
  ).toEqual({
    'applicant.pinfl': '42902849990028',
    'form.children.0.child.pinfl': '42902849990028',
    'applicant.phone': '+998901234567',
    'representative.phone': 'ask the neighbour',
  });
  expect(tidyAnswers({ 'applicant.phone': '0555 12 34 56' }, { ...uzbek, country: 'GE' })).toEqual({
    'applicant.phone': '+995555123456',
  });
});

it('knows a field of a form by its kind, whatever its name', () => {
  const label = { 'uz-Latn': 'a', 'uz-Cyrl': 'a', ru: 'a', en: 'a' };
  const service = Service.parse({
    id: 'SOC-03@1',
    code: 'SOC-03',
    version: 1,
    current: true,
    sphere: 'SOC',
    department: 'D1',
    name: label,
    deadlines: [{ from: '2024-01-01', rule: { unit: 'hours', count: 1 } }],
    fees: [{ from: '2024-01-01', tiers: [{ code: 'free', soum: 0 }] }],
    checklist: [],
    form: [
      { key: 'mother', label, kind: 'pinfl' },
      { key: 'call', label, kind: 'phone' },
      { key: 'phone', label, kind: 'text' },
    ],
    result: label,
  });
  expect(
    tidyAnswers(
      { 'form.mother': '4290284 9990028', 'form.call': '90 123 45 67', 'form.phone': '90 123 45 67' },
      { country: 'UZ', service },
    ),
  ).toEqual({ 'form.mother': '42902849990028', 'form.call': '+998901234567', 'form.phone': '90 123 45 67' });
});
