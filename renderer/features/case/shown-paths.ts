import type { Answers } from '#model/answer';
import { rowCount, visibleFields, visibleRowFields } from '#model/form';
import type { PlainField, Service } from '#model/service';

const APPLICANT = [
  'surname',
  'givenName',
  'patronymic',
  'birthDate',
  'sex',
  'pinfl',
  'documentType',
  'documentNumber',
  'documentExpires',
  'citizenship',
  'phone',
];
const ADDRESS_PARTS = ['region', 'district', 'settlement', 'street', 'house', 'flat', 'landmark'];
const PERSON_PARTS = ['surname', 'givenName', 'patronymic', 'birthDate', 'sex', 'pinfl'];

/** The paths a case page lists, group by group, in the order in which they were asked. */
export type ShownPaths = { applicant: string[]; representative: string[]; form: string[] };

export function shownPaths(service: Service | null | undefined, answers: Answers): ShownPaths {
  const answered = Object.keys(answers);
  const form = service ? formPaths(service, answers) : [];
  // What the version does not know is shown all the same: nothing that was typed is hidden.
  const others = answered.filter((it) => it.startsWith('form.') && !form.includes(it)).sort();
  const representative = answered.filter((it) => it.startsWith('representative.'));
  return {
    applicant: [
      ...APPLICANT.map((it) => `applicant.${it}`),
      ...ADDRESS_PARTS.map((it) => `applicant.address.${it}`).filter((it) => it in answers),
    ],
    representative,
    form: [...form, ...others],
  };
}

function formPaths(service: Service, answers: Answers): string[] {
  return visibleFields(service, answers).flatMap((field) => {
    if (field.kind !== 'group') return plainPaths(field, `form.${field.key}`, answers);
    return Array.from({ length: rowCount(answers, field.key) }, (_, row) =>
      visibleRowFields(service, field, { row, answers }).flatMap((it) =>
        plainPaths(it, `form.${field.key}.${row}.${it.key}`, answers),
      ),
    ).flat();
  });
}

function plainPaths(field: PlainField, path: string, answers: Answers): string[] {
  switch (field.kind) {
    case 'address':
      return ADDRESS_PARTS.map((it) => `${path}.${it}`).filter((it) => it in answers);
    case 'person':
      return PERSON_PARTS.map((it) => `${path}.${it}`);
    default:
      return [path];
  }
}
