import type { Answer, Answers } from '#model/answer';
import { parsePhone } from '#model/identity/phone';
import { normaliseApostrophes } from '#model/identity/script';
import type { Service } from '#model/service';
import { findField } from './find-field.ts';

const NAMES = new Set(['surname', 'givenName', 'patronymic', 'settlement', 'street']);

type Around = {
  /** Whose habits a telephone number was typed by. */
  country: 'UZ' | 'GE';
  service: Service | null | undefined;
};

/**
 * Answers as they are kept: no space around them, ʻ and ʼ in names, personal numbers as digits, telephone
 * numbers as E.164.
 *
 * A field does the same when it is left; Enter and F9 come before that.
 */
export function tidyAnswers(answers: Answers, around: Around): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([path, answer]) => [path, tidy(path, answer, around)]),
  );
}

function tidy(path: string, answer: Answer, { country, service }: Around): Answer {
  if (typeof answer !== 'string') return answer;
  const text = answer.trim();
  const kind = kindOf(path, service);
  if (NAMES.has(kind)) return normaliseApostrophes(text.replace(/\s+/g, ' '));
  if (kind === 'pinfl') return text.replace(/[\s-]/g, '');
  if (kind !== 'phone') return text;
  const phone = parsePhone(text, country);
  return phone.outcome === 'ok' ? phone.e164 : text;
}

/** The part of a person or an address that a path names, else the kind of its field. */
function kindOf(path: string, service: Service | null | undefined): string {
  const found = findField(service, path);
  return found !== null && found.part === null ? found.field.kind : (path.split('.').at(-1) ?? '');
}
