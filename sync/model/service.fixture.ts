import type { Service } from './service.ts';

export const words = (text: string) => ({ 'uz-Latn': text, 'uz-Cyrl': text, ru: text, en: text });

/** A service with a field that wants a person's eye where two desks disagree. */
export function toService(version = 1, name = 'Birth allowance'): Service {
  return {
    id: `SOC-03@${version}`,
    code: 'SOC-03',
    version,
    current: true,
    kind: 'application',
    sphere: 'S',
    department: 'D',
    name: words(name),
    synonyms: [],
    deadlines: [{ from: '2026-01-01', rule: { unit: 'working-days', count: 5 } }],
    fees: [{ from: '2026-01-01', tiers: [{ code: 'all', soum: 0 }] }],
    checklist: [],
    form: [
      {
        key: 'childName',
        label: words('Child'),
        required: true,
        rule: 'review',
        kind: 'text',
        maxLength: 100,
        lines: 1,
      },
    ],
    result: words(''),
    basis: '',
  };
}
