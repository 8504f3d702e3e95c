import type { Answer, Answers } from './answer.ts';
import type { Problem } from './form-problem.ts';
import { parsePhone } from './identity/phone.ts';
import { checkPinfl, isPersonalNumber, isRealDate } from './identity/pinfl.ts';
import type { PlainField } from './service.ts';
import { unreachable } from './unreachable.ts';

type Given = { answers: Answers; today: string };
type FieldOf<K extends PlainField['kind']> = Extract<PlainField, { kind: K }>;

const OLDEST_YEARS = 120;

/** Checks what stands in one field of a form, at its path. */
export function checkField(field: PlainField, path: string, given: Given): Problem[] {
  if (field.kind === 'address') return checkAddress(field, path, given.answers);
  if (field.kind === 'person') return checkPerson(field, path, given);
  const answer = given.answers[path];
  if (isBlank(answer)) return field.required ? [wall(path, 'required')] : [];
  switch (field.kind) {
    case 'text':
      return String(answer).length > field.maxLength ? [wall(path, 'too-long')] : [];
    case 'number':
      return checkNumber(field, path, answer);
    case 'date':
      return checkDate(path, answer, { ...field, today: given.today });
    case 'yes-no':
      return typeof answer === 'boolean' ? [] : [wall(path, 'not-an-option')];
    case 'choice':
      return checkChoice(field, path, answer);
    case 'pinfl':
      return checkPersonalNumber(path, answer);
    case 'phone':
      return checkPhone(path, answer);
    default:
      return unreachable(field);
  }
}

/** Whether there is no answer: nothing, blanks, or an empty list. */
export function isBlank(answer: Answer | undefined): answer is null | undefined | '' {
  if (answer === null || answer === undefined) return true;
  if (typeof answer === 'string') return answer.trim() === '';
  return Array.isArray(answer) && answer.length === 0;
}

export function wall(path: string, code: Problem['code']): Problem {
  return { path, code, severity: 'wall' };
}

export function warning(path: string, code: Problem['code']): Problem {
  return { path, code, severity: 'warning' };
}

/** A birth date: a day that exists, not yet to come, and no longer ago than people live. */
export function checkBirthDate(path: string, answer: Answer | undefined, today: string): Problem[] {
  const problems = checkDate(path, answer, { notAfterToday: true, notBeforeToday: false, today });
  const oldest = `${Number(today.slice(0, 4)) - OLDEST_YEARS}${today.slice(4)}`;
  return problems.length === 0 && String(answer) < oldest ? [warning(path, 'in-past')] : problems;
}

/** Digits missing or letters among them: surely typed wrong. Digits that do not check: perhaps an old error. */
export function checkPersonalNumber(path: string, answer: Answer | undefined): Problem[] {
  const text = String(answer);
  if (isPersonalNumber(text)) return [];
  const checked = checkPinfl(text);
  const isTyping = checked.outcome === 'bad' && (checked.code === 'length' || checked.code === 'characters');
  return [isTyping ? wall(path, 'bad-pinfl') : warning(path, 'bad-pinfl')];
}

/** Warns where birth date or sex at `path` are not those the personal number there speaks of. */
export function checkAgainstPinfl(path: string, answers: Answers): Problem[] {
  const checked = checkPinfl(String(answers[`${path}.pinfl`] ?? ''));
  if (checked.outcome === 'bad') return [];
  return (['birthDate', 'sex'] as const)
    .filter((it) => !isBlank(answers[`${path}.${it}`]) && answers[`${path}.${it}`] !== checked[it])
    .map((it) => warning(`${path}.${it}`, 'bad-pinfl'));
}

export function checkPhone(path: string, answer: Answer | undefined): Problem[] {
  const isRead = (['UZ', 'GE'] as const).some((it) => parsePhone(String(answer), it).outcome === 'ok');
  return isRead ? [] : [wall(path, 'bad-phone')];
}

export function checkDate(
  path: string,
  answer: Answer | undefined,
  {
    notAfterToday,
    notBeforeToday,
    today,
  }: { notAfterToday: boolean; notBeforeToday: boolean; today: string },
): Problem[] {
  if (typeof answer !== 'string' || !isRealDate(answer)) return [wall(path, 'bad-date')];
  if (notAfterToday && answer > today) return [wall(path, 'in-future')];
  return notBeforeToday && answer < today ? [wall(path, 'in-past')] : [];
}

function checkNumber(field: FieldOf<'number'>, path: string, answer: Answer | undefined): Problem[] {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return [wall(path, 'not-a-number')];
  if (Number(answer.toFixed(field.decimals)) !== answer) return [wall(path, 'not-a-number')];
  if (field.min !== undefined && answer < field.min) return [wall(path, 'below-min')];
  return field.max !== undefined && answer > field.max ? [wall(path, 'above-max')] : [];
}

function checkChoice(field: FieldOf<'choice'>, path: string, answer: Answer | undefined): Problem[] {
  const isShaped = field.many ? Array.isArray(answer) : typeof answer === 'string';
  const chosen = Array.isArray(answer) ? answer : [answer];
  const isOffered = chosen.every((it) => field.options.some((option) => option.code === it));
  return isShaped && isOffered ? [] : [wall(path, 'not-an-option')];
}

/** Villages have no street numbers: region and district suffice. */
function checkAddress(field: FieldOf<'address'>, path: string, answers: Answers): Problem[] {
  if (!field.required) return [];
  return missingParts(path, ['region', 'district'], answers);
}

function checkPerson(field: FieldOf<'person'>, path: string, { answers, today }: Given): Problem[] {
  const problems = field.required ? missingParts(path, ['surname', 'givenName', 'birthDate'], answers) : [];
  const birthDate = answers[`${path}.birthDate`];
  if (!isBlank(birthDate)) problems.push(...checkBirthDate(`${path}.birthDate`, birthDate, today));
  const pinfl = answers[`${path}.pinfl`];
  if (!isBlank(pinfl)) problems.push(...checkPersonalNumber(`${path}.pinfl`, pinfl));
  return [...problems, ...checkAgainstPinfl(path, answers)];
}

function missingParts(path: string, parts: readonly string[], answers: Answers): Problem[] {
  return parts
    .filter((it) => isBlank(answers[`${path}.${it}`]))
    .map((it) => wall(`${path}.${it}`, 'required'));
}
