import { describe, expect, it } from 'vitest';
import { visibleFields } from '#model/form';
import type { FormField, PlainField, Service } from '#model/service';
import { services } from './services/services.ts';

const find = (code: string) => services.find((it) => it.code === code);

function repeated(values: readonly string[]): string[] {
  return values.filter((it, index) => values.indexOf(it) !== index);
}

function everyService(problemsOf: (service: Service) => readonly string[]): string[] {
  return services.flatMap((service) => problemsOf(service).map((it) => `${service.code}: ${it}`));
}

/** Levels of a form: its top, and the inside of each group with the top behind it. */
function levelsOf({ form }: Service): { own: readonly FormField[]; outer: readonly FormField[] }[] {
  const groups = form.flatMap((it) => (it.kind === 'group' ? [{ own: it.fields, outer: form }] : []));
  return [{ own: form, outer: [] }, ...groups];
}

function conditionProblem(field: FormField, known: readonly FormField[]): string[] {
  const { when } = field;
  if (when === undefined) return [];
  const other = known.find((it) => it.key === when.key);
  if (other === undefined) return [`${field.key} asks for ${when.key}, which is not there`];
  const possible = answersOf(other);
  return when.is.filter((it) => !possible.includes(it)).map((it) => `${field.key} waits for ${String(it)}`);
}

function answersOf(field: FormField): readonly (string | boolean)[] {
  if (field.kind === 'choice') return field.options.map((it) => it.code);
  return field.kind === 'yes-no' ? [true, false] : [];
}

describe('every form', () => {
  it('asks two questions at least', () => {
    expect(everyService((it) => (it.form.length < 2 ? ['too short'] : []))).toEqual([]);
  });

  it('has no key twice on one level, and no option or paper twice', () => {
    expect(
      everyService((service) => [
        ...levelsOf(service).flatMap(({ own }) => repeated(own.map((it) => it.key))),
        ...levelsOf(service).flatMap(({ own }) =>
          own.flatMap((it) =>
            it.kind === 'choice' ? repeated(it.options.map((option) => option.code)) : [],
          ),
        ),
        ...repeated(service.checklist.map((it) => it.code)),
      ]),
    ).toEqual([]);
  });

  it('shows a field only on answers that an earlier question can have', () => {
    expect(
      everyService((service) =>
        levelsOf(service).flatMap(({ own, outer }) =>
          own.flatMap((field, index) => conditionProblem(field, [...own.slice(0, index), ...outer])),
        ),
      ),
    ).toEqual([]);
  });

  it('never lets the later of two answers win unless it is how to reach somebody, a wish or a remark', () => {
    const lww = new Set(
      services.flatMap((service) =>
        levelsOf(service).flatMap(({ own }) => own.filter((it) => it.rule === 'lww').map((it) => it.key)),
      ),
    );
    expect([...lww].sort()).toEqual([
      'actualResidence',
      'auditionDate',
      'callBack',
      'contactPhone',
      'email',
      'noticePhone',
      'plannedDate',
      'preferredDate',
      'purpose',
      'remarks',
    ]);
  });
});

it('asks for the step of every tariff that has steps, by the codes of its tiers', () => {
  expect(
    everyService(({ fees, form }) => {
      const codes = [
        ...new Set(fees.flatMap((it) => (it.tiers.length > 1 ? it.tiers.map((tier) => tier.code) : []))),
      ];
      const field = form.find(
        (it): it is PlainField & { kind: 'choice' } => it.key === 'feeTier' && it.kind === 'choice',
      );
      const asked = field?.options.map((it) => it.code) ?? [];
      return JSON.stringify(asked) === JSON.stringify(codes)
        ? []
        : [`${asked.join()} is not ${codes.join()}`];
    }),
  ).toEqual([]);
});

describe('the five full forms', () => {
  it.each([
    ['SOC-03', 12],
    ['FHD-01', 18],
    ['LAN-01', 16],
    ['BUS-01', 14],
    ['JUS-05', 14],
  ])('%s asks %i questions or more, some of them only when they matter', (code, least) => {
    const form = find(code)?.form ?? [];
    expect(form.length).toBeGreaterThanOrEqual(least);
    expect(form.some((it) => it.when !== undefined)).toBe(true);
  });

  it('SOC-03 has a row for each child, and asks a guardian for the decision', () => {
    const service = find('SOC-03');
    const shown = (role: string) =>
      visibleFields({ form: service?.form ?? [] }, { 'form.applicantRole': role }).map((it) => it.key);
    expect(shown('mother')).not.toContain('guardianshipDecision');
    expect(shown('guardian')).toContain('guardianshipDecision');
    expect(service?.form.find((it) => it.key === 'children')?.kind).toBe('group');
  });

  it('FHD-01 asks for a father unless the application is of the mother alone', () => {
    const form = find('FHD-01')?.form ?? [];
    const shown = (ground: string) =>
      visibleFields({ form }, { 'form.fatherGround': ground }).map((it) => it.key);
    expect(shown('marriage')).toEqual(expect.arrayContaining(['father', 'marriageRecordNumber']));
    expect(shown('joint')).toContain('father');
    expect(shown('mother')).not.toContain('father');
  });
});
