import { describe, expect, test } from 'vitest';
import type { Answers } from './answer.ts';
import { ruleOf } from './field-rules.ts';
import { checkAnswers, checkApplicant, rowCount, visibleFields, visibleRowFields } from './form.ts';
import { type FormField, type GroupField, Service } from './service.ts';

const name = { 'uz-Latn': '', 'uz-Cyrl': '', ru: '', en: '' };
const today = '2026-11-22';
const field = (key: string, kind: string, more: object = {}) => ({ key, kind, label: name, ...more });
const option = (code: string) => ({ code, label: name });
const service = Service.parse({
  id: 'X-01@1',
  code: 'X-01',
  version: 1,
  current: true,
  sphere: 'SOC',
  department: 'D01',
  name,
  deadlines: [{ from: '2020-01-01', rule: { unit: 'hours', count: 1 } }],
  fees: [{ from: '2020-01-01', tiers: [{ code: 'base' }] }],
  checklist: [],
  result: name,
  form: [
    field('reason', 'text', { required: true, maxLength: 5, rule: 'lww' }),
    field('area', 'number', { min: 1, max: 9, decimals: 1 }),
    field('born', 'date', { notAfterToday: true }),
    field('from', 'date', { notBeforeToday: true }),
    field('twins', 'yes-no', { required: true }),
    field('twinName', 'text', { required: true, when: { key: 'twins', is: [true] } }),
    field('twinNick', 'text', { required: true, when: { key: 'twinName', is: ['A'] } }),
    field('kind', 'choice', { options: [option('a'), option('b')] }),
    field('kinds', 'choice', { options: [option('a'), option('b')], many: true, rule: 'add-only' }),
    field('number', 'pinfl'),
    field('phone', 'phone'),
    field('home', 'address', { required: true, rule: 'first-writer' }),
    field('heir', 'person'),
    field('children', 'group', {
      minRows: 1,
      maxRows: 2,
      fields: [
        field('name', 'text', { required: true, rule: 'lww' }),
        field('school', 'yes-no'),
        field('schoolName', 'text', { required: true, when: { key: 'school', is: [true] } }),
        field('shared', 'text', { required: true, when: { key: 'twins', is: [true] } }),
      ],
    }),
  ],
});
const right: Answers = {
  'form.reason': 'short',
  'form.twins': false,
  'form.home.region': '1708',
  'form.home.district': '1708204',
  'form.children.0.name': 'A',
};
const problems = (answers: Answers) =>
  checkAnswers(service, { ...right, ...answers }, today).map((it) => [it.path, it.code, it.severity]);
const keys = (fields: readonly FormField[]) => fields.map((it) => it.key);

test('a form rightly filled in has no problem, an empty one has those of what is demanded', () => {
  expect(problems({})).toEqual([]);
  expect(checkAnswers(service, {}, today).map((it) => [it.path, it.code])).toEqual([
    ['form.reason', 'required'],
    ['form.twins', 'required'],
    ['form.home.region', 'required'],
    ['form.home.district', 'required'],
    ['form.children', 'required'],
  ]);
});

test.each<[Answers, string, string, string]>([
  [{ 'form.reason': '   ' }, 'form.reason', 'required', 'wall'],
  [{ 'form.reason': 'longer' }, 'form.reason', 'too-long', 'wall'],
  [{ 'form.area': 'nine' }, 'form.area', 'not-a-number', 'wall'],
  [{ 'form.area': 1.25 }, 'form.area', 'not-a-number', 'wall'],
  [{ 'form.area': 0.9 }, 'form.area', 'below-min', 'wall'],
  [{ 'form.area': 9.1 }, 'form.area', 'above-max', 'wall'],
  [{ 'form.born': '2026-02-30' }, 'form.born', 'bad-date', 'wall'],
  [{ 'form.born': '2026-11-23' }, 'form.born', 'in-future', 'wall'],
  [{ 'form.from': '2026-11-21' }, 'form.from', 'in-past', 'wall'],
  [{ 'form.twins': 'yes' }, 'form.twins', 'not-an-option', 'wall'],
  [{ 'form.kind': 'c' }, 'form.kind', 'not-an-option', 'wall'],
  [{ 'form.kind': ['a'] }, 'form.kind', 'not-an-option', 'wall'],
  [{ 'form.kinds': ['a', 'c'] }, 'form.kinds', 'not-an-option', 'wall'],
  [{ 'form.kinds': 'a' }, 'form.kinds', 'not-an-option', 'wall'],
  [{ 'form.number': '123' }, 'form.number', 'bad-pinfl', 'wall'],
  [{ 'form.number': '30101809990018' }, 'form.number', 'bad-pinfl', 'warning'],
  [{ 'form.phone': '12' }, 'form.phone', 'bad-phone', 'wall'],
  [{ 'form.heir.birthDate': '2027-01-01' }, 'form.heir.birthDate', 'in-future', 'wall'],
  [{ 'form.heir.pinfl': '30101809990019', 'form.heir.sex': 'f' }, 'form.heir.sex', 'bad-pinfl', 'warning'],
  [{ 'form.children.1.school': false }, 'form.children.1.name', 'required', 'wall'],
  [{ 'form.children.1.name': 'B', 'form.children.2.name': 'C' }, 'form.children', 'above-max', 'wall'],
])('%j: %s %s %s', (answers, path, code, severity) => {
  expect(problems(answers)).toEqual([[path, code, severity]]);
});

test('what is at the bounds is right', () => {
  const bounds = {
    'form.area': 9,
    'form.born': today,
    'form.from': today,
    'form.kinds': ['a', 'b'],
    'form.phone': '901234567',
  };
  expect(problems({ ...bounds, 'form.number': '30101809990019' })).toEqual([]);
});

describe('conditions', () => {
  test('a field shows with the answer it hangs on, and not with one that is hidden itself', () => {
    const shown = (answers: Answers) =>
      keys(visibleFields(service, answers)).filter((it) => it.startsWith('twinN'));
    expect([
      shown({}),
      shown({ 'form.twins': true }),
      shown({ 'form.twins': true, 'form.twinName': 'A' }),
      shown({ 'form.twins': false, 'form.twinName': 'A' }),
    ]).toEqual([[], ['twinName'], ['twinName', 'twinNick'], []]);
  });

  test('within a group the row comes first, then the form', () => {
    const group = service.form.at(-1) as GroupField;
    const answers = { 'form.twins': true, 'form.children.0.school': true, 'form.children.1.school': false };
    const rows = [0, 1].map((row) => keys(visibleRowFields(service, group, { row, answers })));
    expect(rows).toEqual([
      ['name', 'school', 'schoolName', 'shared'],
      ['name', 'school', 'shared'],
    ]);
  });

  test('what is hidden is not demanded', () => {
    expect(problems({ 'form.twins': true })).toEqual([
      ['form.twinName', 'required', 'wall'],
      ['form.children.0.shared', 'required', 'wall'],
    ]);
  });

  test('conditions that go round in a circle end', () => {
    const round = {
      form: [
        field('a', 'text', { when: { key: 'b', is: ['x'] } }),
        field('b', 'text', { when: { key: 'a', is: ['x'] } }),
      ],
    };
    expect(keys(visibleFields(round as never, { 'form.a': 'x', 'form.b': 'x' }))).toEqual(['a', 'b']);
  });
});

test('rows are counted up to the last that has an answer', () => {
  expect([
    rowCount({}, 'children'),
    rowCount({ 'form.children.2.name': 'x', 'form.childrens.7.name': 'y' }, 'children'),
  ]).toEqual([0, 3]);
});

describe('the applicant', () => {
  const known: Answers = {
    'applicant.surname': 'Namunava',
    'applicant.givenName': 'Gulnora',
    'applicant.birthDate': '1984-02-29',
    'applicant.sex': 'f',
    'applicant.pinfl': '42902849990028',
    'applicant.documentNumber': 'AA0000001',
    'applicant.documentExpires': '2034-02-28',
    'applicant.phone': '+998901234567',
  };
  const found = (answers: Answers) =>
    checkApplicant({ ...known, ...answers }, today).map(
      (it) => `${it.path.slice(10)} ${it.code} ${it.severity}`,
    );

  test.each<[Answers, string[]]>([
    [{}, []],
    [{ 'applicant.surname': '' }, ['surname required warning']],
    [
      { 'applicant.surname': null, 'applicant.givenName': ' ' },
      ['surname required wall', 'givenName required wall'],
    ],
    [{ 'applicant.birthDate': null }, ['birthDate required wall']],
    [
      { 'applicant.birthDate': '2027-01-01', 'applicant.pinfl': null },
      ['birthDate in-future wall', 'pinfl required warning'],
    ],
    [
      { 'applicant.birthDate': '1900-01-01', 'applicant.pinfl': '01000000000' },
      ['birthDate in-past warning'],
    ],
    [{ 'applicant.birthDate': '1984-02-28' }, ['birthDate bad-pinfl warning']],
    [{ 'applicant.sex': 'm' }, ['sex bad-pinfl warning']],
    [{ 'applicant.sex': 'x', 'applicant.pinfl': '01000000000' }, ['sex not-an-option wall']],
    [{ 'applicant.pinfl': '42902849990029' }, ['pinfl bad-pinfl warning']],
    [{ 'applicant.pinfl': '4290284999002' }, ['pinfl bad-pinfl wall']],
    [{ 'applicant.documentNumber': null }, ['documentNumber required warning']],
    [{ 'applicant.documentExpires': '2026-11-21' }, ['documentExpires in-past warning']],
    [{ 'applicant.documentExpires': '2026-11-31' }, ['documentExpires bad-date wall']],
    [{ 'applicant.phone': '123' }, ['phone bad-phone wall']],
    [{ 'applicant.phone': null }, []],
  ])('%j', (answers, expected) => {
    expect(found(answers)).toEqual(expected);
  });
});

test('every path has the rule of its field', () => {
  const rules = {
    'applicant.phone': 'lww',
    'representative.address.street': 'lww',
    'applicant.email': 'lww',
    'applicant.phoneBook': 'review',
    'applicant.surname': 'review',
    'applicant.pinfl': 'review',
    'form.reason': 'lww',
    'form.kinds': 'add-only',
    'form.home.street': 'first-writer',
    'form.area': 'review',
    'form.children.0.name': 'lww',
    'form.children.0.school': 'review',
    'form.children.name': 'review',
    'form.gone': 'review',
    decision: 'review',
    toString: 'review',
  };
  expect(Object.fromEntries(Object.keys(rules).map((it) => [it, ruleOf(service, it)]))).toEqual(rules);
  expect([ruleOf(null, 'form.reason'), ruleOf(null, 'applicant.phone')]).toEqual(['review', 'lww']);
});
