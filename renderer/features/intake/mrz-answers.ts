import type { Answers } from '#model/answer';
import type { MrzRead } from '#model/identity/mrz';

/** What a document's lines say of the applicant. A patronymic is not in them and stays as it was. */
export function mrzAnswers(read: MrzRead): Answers {
  return {
    'applicant.surname': asName(read.surname),
    'applicant.givenName': asName(read.givenName),
    'applicant.birthDate': read.birthDate,
    'applicant.documentType': read.kind === 'TD1' ? 'id-card' : 'passport',
    'applicant.documentNumber': read.documentNumber,
    'applicant.documentExpires': read.expires,
    'applicant.citizenship': read.nationality,
    ...(read.sex === null ? {} : { 'applicant.sex': read.sex }),
    ...(read.pinfl === null ? {} : { 'applicant.pinfl': read.pinfl }),
  };
}

/** Takes a reading back: what it filled in and still stands there is as it was before; the rest stays. */
export function withoutReading(
  now: Answers,
  { filled, before }: { filled: Answers; before: Answers },
): Answers {
  const untouched = Object.keys(filled).filter((path) => now[path] === filled[path]);
  const kept = Object.entries(now).filter(([path]) => !untouched.includes(path));
  const restored = Object.entries(before).filter(([path]) => untouched.includes(path));
  return Object.fromEntries([...kept, ...restored]);
}

/** `NAMUNAVA-KARIMOVA` → `Namunava-Karimova`. */
function asName(capitals: string): string {
  return capitals.toLowerCase().replace(/(^|[\s-])(\p{L})/gu, (_, lead: string, first: string) => {
    return lead + first.toUpperCase();
  });
}
