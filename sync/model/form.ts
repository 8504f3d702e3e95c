import type { Answer, Answers } from './answer.ts';
import {
  checkAgainstPinfl,
  checkBirthDate,
  checkDate,
  checkField,
  checkPersonalNumber,
  checkPhone,
  isBlank,
  wall,
  warning,
} from './form-checks.ts';
import type { Problem } from './form-problem.ts';
import type { FormField, GroupField, PlainField, Service } from './service.ts';

export type { Problem } from './form-problem.ts';

const SEXES: readonly unknown[] = ['m', 'f'];

/** The fields of the form that are to be shown, given the answers so far; rows of a group: `visibleRowFields`. */
export function visibleFields(service: Pick<Service, 'form'>, answers: Answers): FormField[] {
  return service.form.filter((it) => isShown(it, { form: service.form, answers, seen: [] }));
}

/** The fields of one row of a group that are to be shown. */
export function visibleRowFields(
  service: Pick<Service, 'form'>,
  group: GroupField,
  { row, answers }: { row: number; answers: Answers },
): PlainField[] {
  return group.fields.filter((it) =>
    isShown(it, { form: service.form, answers, seen: [], group: { field: group, row } }),
  );
}

/** How many rows of a group have an answer, or come before one that has. */
export function rowCount(answers: Answers, groupKey: string): number {
  const lead = `form.${groupKey}.`;
  const rows = Object.keys(answers)
    .filter((it) => it.startsWith(lead))
    .map((it) => Number(it.slice(lead.length).split('.')[0]));
  return Math.max(-1, ...rows.filter((it) => Number.isInteger(it) && it >= 0)) + 1;
}

/** Everything that is wrong with the answers to a service's form; `today` is the ISO date at the centre. */
export function checkAnswers(service: Pick<Service, 'form'>, answers: Answers, today: string): Problem[] {
  return visibleFields(service, answers).flatMap((field) =>
    field.kind === 'group'
      ? checkGroup(service, field, { answers, today })
      : checkField(field, `form.${field.key}`, { answers, today }),
  );
}

/**
 * Everything that is wrong with the applicant; `today` is the ISO date at the centre.
 *
 * One-word names exist, so one of surname and given name must be there and the other is only missed; a
 * person without papers may be known by face, so number and document are missed and not demanded.
 */
export function checkApplicant(answers: Answers, today: string): Problem[] {
  return [
    ...checkNames(answers),
    ...checkBirth(answers, today),
    ...checkPapers(answers, today),
    ...checkAgainstPinfl('applicant', answers),
    ...checkReach(answers),
  ];
}

function checkGroup(
  service: Pick<Service, 'form'>,
  group: GroupField,
  { answers, today }: { answers: Answers; today: string },
): Problem[] {
  const path = `form.${group.key}`;
  const rows = rowCount(answers, group.key);
  const least = Math.max(group.minRows, group.required ? 1 : 0);
  const problems: Problem[] = [];
  if (rows < least) problems.push({ path, code: 'required', severity: 'wall' });
  if (rows > group.maxRows) problems.push({ path, code: 'above-max', severity: 'wall' });
  for (let row = 0; row < rows; row += 1) {
    for (const field of visibleRowFields(service, group, { row, answers })) {
      problems.push(...checkField(field, `${path}.${row}.${field.key}`, { answers, today }));
    }
  }
  return problems;
}

type Sight = {
  form: readonly FormField[];
  answers: Answers;
  /** Keys on the way here: conditions that go round in a circle show the field. */
  seen: readonly string[];
  group?: { field: GroupField; row: number };
};

/** A field whose condition hangs on a hidden field is hidden, whatever was once answered there. */
function isShown(field: FormField, sight: Sight): boolean {
  const { when } = field;
  if (!when || sight.seen.includes(field.key)) return true;
  const { form, answers, group } = sight;
  const seen = [...sight.seen, field.key];
  const sibling = group?.field.fields.find((it) => it.key === when.key);
  if (group && sibling) {
    const answer = answers[`form.${group.field.key}.${group.row}.${when.key}`];
    return isOneOf(answer, when.is) && isShown(sibling, { ...sight, seen });
  }
  const other = form.find((it) => it.key === when.key);
  return isOneOf(answers[`form.${when.key}`], when.is) && (!other || isShown(other, { form, answers, seen }));
}

function isOneOf(answer: Answer | undefined, wanted: readonly (string | boolean)[]): boolean {
  if (answer === undefined || isBlank(answer)) return false;
  const given = Array.isArray(answer) ? answer : [answer];
  return given.some((it) => wanted.some((want) => want === it));
}

function checkNames(answers: Answers): Problem[] {
  const missing = ['applicant.surname', 'applicant.givenName'].filter((it) => isBlank(answers[it]));
  return missing.map((path) => (missing.length === 2 ? wall(path, 'required') : warning(path, 'required')));
}

function checkBirth(answers: Answers, today: string): Problem[] {
  const [datePath, sexPath] = ['applicant.birthDate', 'applicant.sex'];
  const problems = isBlank(answers[datePath])
    ? [wall(datePath, 'required')]
    : checkBirthDate(datePath, answers[datePath], today);
  if (isBlank(answers[sexPath])) return [...problems, warning(sexPath, 'required')];
  return SEXES.includes(answers[sexPath]) ? problems : [...problems, wall(sexPath, 'not-an-option')];
}

function checkPapers(answers: Answers, today: string): Problem[] {
  const problems: Problem[] = [];
  const pinfl = answers['applicant.pinfl'];
  if (isBlank(pinfl)) problems.push(warning('applicant.pinfl', 'required'));
  else problems.push(...checkPersonalNumber('applicant.pinfl', pinfl));
  if (isBlank(answers['applicant.documentNumber'])) {
    problems.push(warning('applicant.documentNumber', 'required'));
  }
  return [...problems, ...checkExpiry(answers, today)];
}

/** A document that has run out still shows who somebody is. */
function checkExpiry(answers: Answers, today: string): Problem[] {
  const path = 'applicant.documentExpires';
  const expires = answers[path];
  if (isBlank(expires)) return [];
  return checkDate(path, expires, { notAfterToday: false, notBeforeToday: true, today }).map((it) =>
    it.code === 'in-past' ? warning(path, 'in-past') : it,
  );
}

function checkReach(answers: Answers): Problem[] {
  const phone = answers['applicant.phone'];
  return isBlank(phone) ? [] : checkPhone('applicant.phone', phone);
}
