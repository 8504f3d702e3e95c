import { describe, expect, it } from 'vitest';
import { Service } from '#model/service';
import { shownPaths } from './shown-paths.ts';

const words = (text: string) => ({ 'uz-Latn': text, 'uz-Cyrl': text, ru: text, en: text });
const service = Service.parse({
  id: 'SOC-03@1',
  code: 'SOC-03',
  version: 1,
  current: true,
  sphere: 'SOC',
  department: 'D1',
  name: words('Allowance'),
  deadlines: [{ from: '2024-01-01', rule: { unit: 'hours', count: 1 } }],
  fees: [{ from: '2024-01-01', tiers: [{ code: 'free', soum: 0 }] }],
  checklist: [],
  form: [
    { key: 'abroad', label: words('Abroad'), kind: 'yes-no' },
    { key: 'country', label: words('Country'), kind: 'text', when: { key: 'abroad', is: [true] } },
    {
      key: 'children',
      label: words('Child'),
      kind: 'group',
      fields: [{ key: 'name', label: words('Name'), kind: 'text' }],
    },
  ],
  result: words('Decision'),
});

describe('shownPaths', () => {
  it('lists the form in its order, rows of groups included, conditions obeyed', () => {
    expect(
      shownPaths(service, { 'form.children.1.name': 'B', 'form.children.0.name': 'A', 'form.abroad': false })
        .form,
    ).toEqual(['form.abroad', 'form.children.0.name', 'form.children.1.name']);
  });
  it('hides nothing that was typed, whatever the version of the service knows', () => {
    expect(shownPaths(service, { 'form.old': 'x', 'form.country': 'GE' }).form).toEqual([
      'form.abroad',
      'form.country',
      'form.old',
    ]);
    expect(shownPaths(null, { 'form.b': 1, 'form.a': 2 }).form).toEqual(['form.a', 'form.b']);
  });
});
