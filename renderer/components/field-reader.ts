import type { Answer } from '#model/answer';
import { CaseStatus } from '#model/case-status';
import { formatPhone } from '#model/identity/phone';
import type { Place } from '#model/reference';
import type { PlainField, Service } from '#model/service';
import { formatIsoDate, formatNumber } from '../i18n/format.ts';
import { hasMessage, type Language, type Translate } from '../i18n/messages.ts';
import { findField } from './find-field.ts';

/** Says the fields of one service's cases in words: what a path is called and what an answer means. */
export type FieldReader = {
  label(path: string): string;
  text(path: string, answer: Answer | undefined): string;
};

export type FieldReaderNeeds = {
  /** The version the case was taken on; without it the paths themselves are shown. */
  service: Service | null | undefined;
  places: readonly Place[];
  language: Language;
  t: Translate;
};

const EMPTY = '—';
const PLACE_PARTS = new Set(['region', 'district']);

export function createFieldReader({ service, places, language, t }: FieldReaderNeeds): FieldReader {
  const label = (path: string): string => {
    if (path === 'status') return t('field.status');
    const found = findField(service, path);
    if (found === null) return groupLabel(path) ?? fixedLabel(path, t) ?? path;
    const { field, group, part } = found;
    const words = [field.label[language]];
    if (group !== null) words.unshift(`${group.label[language]} ${group.row + 1}`);
    if (part !== null) words.push(partLabel(part, t));
    return words.join(': ');
  };

  /** A problem may be the whole group's: too few rows. */
  const groupLabel = (path: string): string | undefined =>
    service?.form.find((it) => `form.${it.key}` === path)?.label[language];

  const placeName = (code: string): string => places.find((it) => it.code === code)?.name[language] ?? code;

  const text = (path: string, answer: Answer | undefined): string => {
    if (answer === undefined || answer === null || answer === '') return EMPTY;
    if (typeof answer === 'boolean') return t(answer ? 'answer.yes' : 'answer.no');
    const found = findField(service, path);
    const one = (it: string | number): string => {
      if (path === 'status') return statusText(String(it), t);
      const part = found === null ? lastPart(path) : found.part;
      const plain = found !== null && found.part === null ? found.field : null;
      if (plain !== null) return plainText(plain, it, language);
      return partText(part, it, { t, placeName });
    };
    return Array.isArray(answer) ? answer.map(one).join(', ') || EMPTY : one(answer);
  };

  return { label, text };
}

function statusText(status: string, t: Translate): string {
  const known = CaseStatus.safeParse(status);
  return known.success ? t(`status.${known.data}`) : status;
}

function plainText(field: PlainField, answer: string | number, language: Language): string {
  switch (field.kind) {
    case 'choice':
      return field.options.find((it) => it.code === answer)?.label[language] ?? String(answer);
    case 'date':
      return formatIsoDate(String(answer));
    case 'number': {
      const figure = typeof answer === 'number' ? formatNumber(language, answer) : answer;
      return field.unit === undefined ? figure : `${figure} ${field.unit[language]}`;
    }
    case 'phone':
      return formatPhone(String(answer));
    default:
      return String(answer);
  }
}

function partText(
  part: string | null,
  answer: string | number,
  words: { t: Translate; placeName(code: string): string },
): string {
  const value = String(answer);
  if (part === null) return value;
  if (PLACE_PARTS.has(part)) return words.placeName(value);
  if (part === 'birthDate' || part === 'documentExpires') return formatIsoDate(value);
  if (part === 'phone') return formatPhone(value);
  if (part === 'sex' && (value === 'm' || value === 'f')) return words.t(`sex.${value}`);
  const option = `answer.${part}.${value}`;
  return hasMessage(option) ? words.t(option) : value;
}

function fixedLabel(path: string, t: Translate): string | null {
  const [root, ...rest] = path.split('.');
  if (root !== 'applicant' && root !== 'representative') return null;
  const key = `field.${rest[0] === 'address' ? rest[1] : rest[0]}`;
  if (!hasMessage(key)) return null;
  return root === 'representative' ? `${t('field.representative')}: ${t(key)}` : t(key);
}

function partLabel(part: string, t: Translate): string {
  const key = `field.${part}`;
  return hasMessage(key) ? t(key) : part;
}

function lastPart(path: string): string | null {
  return path.split('.').at(-1) ?? null;
}
