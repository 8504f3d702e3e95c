import type { ReactElement } from 'react';
import { AddressFields } from '../../components/fields/address-fields.tsx';
import { textOf, useFormPart } from '../../components/fields/answer-form.ts';
import { ChoiceField, ListField } from '../../components/fields/choice-field.tsx';
import { DateField } from '../../components/fields/date-field.tsx';
import type { FieldWords } from '../../components/fields/field-words.tsx';
import { citizenshipOptions, documentTypeOptions } from '../../components/fields/person-options.ts';
import { PhoneField } from '../../components/fields/phone-field.tsx';
import { PinflField } from '../../components/fields/pinfl-field.tsx';
import { PlainFieldInput } from '../../components/fields/plain-field-input.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { findField } from '../../components/find-field.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import type { CaseWords } from './use-case-words.ts';

const NAMES = new Set(['surname', 'givenName', 'patronymic']);
const ADDRESS_PARTS = new Set(['region', 'district', 'settlement', 'street', 'house', 'flat', 'landmark']);

/** The input for one path; the parts of an address are put right together, since they hang together. */
export function AnswerInput({ path, words }: { path: string; words: CaseWords }): ReactElement {
  const found = findField(words.service, path);
  if (found !== null && found.part === null) return <PlainFieldInput field={found.field} path={path} />;
  const part = path.split('.').at(-1) ?? '';
  if (ADDRESS_PARTS.has(part)) return <AddressFields path={path.slice(0, -part.length - 1)} />;
  return <PartInput part={part} path={path} label={words.reader.label(path)} words={words} />;
}

function PartInput({ part, words, ...field }: FieldWords & { part: string; words: CaseWords }): ReactElement {
  const { t } = words;
  if (NAMES.has(part)) return <TextField {...field} maxLength={120} isName />;
  switch (part) {
    case 'birthDate':
    case 'documentExpires':
      return <DateField {...field} />;
    case 'sex':
      return (
        <ChoiceField
          {...field}
          options={(['m', 'f'] as const).map((it) => ({ code: it, label: t(`sex.${it}`) }))}
        />
      );
    case 'documentType':
      return <ChoiceField {...field} options={documentTypeOptions(t)} />;
    case 'citizenship':
      return <CitizenshipField {...field} />;
    case 'phone':
      return <PhoneField {...field} />;
    case 'pinfl':
      return <PinflField {...field} />;
    case 'documentNumber':
      return <TextField {...field} maxLength={40} isUpper />;
    default:
      return <TextField {...field} maxLength={2_000} />;
  }
}

function CitizenshipField(field: FieldWords): ReactElement {
  const { t } = useTranslate();
  const held = useFormPart((it) => textOf(it.answers[field.path]));
  return <ListField {...field} options={citizenshipOptions(t, held)} />;
}
