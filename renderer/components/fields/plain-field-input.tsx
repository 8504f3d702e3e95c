import type { ReactElement } from 'react';
import type { FormField, PlainField } from '#model/service';
import type { Language } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { AddressFields } from './address-fields.tsx';
import { ChoiceField, ManyField } from './choice-field.tsx';
import { DateField } from './date-field.tsx';
import classes from './field-grid.module.css';
import type { FieldWords } from './field-words.tsx';
import { NumberField } from './number-field.tsx';
import { PersonFields } from './person-fields.tsx';
import { PhoneField } from './phone-field.tsx';
import { PinflField } from './pinfl-field.tsx';
import { TextField } from './text-field.tsx';
import { YesNoField } from './yes-no-field.tsx';

/** One field of a form, by its kind. */
export function PlainFieldInput({ field, path }: { field: PlainField; path: string }): ReactElement {
  const { language } = useTranslate();
  const words: FieldWords = {
    path,
    label: field.label[language],
    help: field.help?.[language],
    required: field.required,
  };
  switch (field.kind) {
    case 'text':
      return <TextField {...words} maxLength={field.maxLength} lines={field.lines} />;
    case 'number':
      return <NumberField {...words} unit={field.unit?.[language]} />;
    case 'date':
      return <DateField {...words} />;
    case 'yes-no':
      return <YesNoField {...words} />;
    case 'choice': {
      const options = shownOptions(field, language);
      return field.many ? (
        <ManyField {...words} options={options} />
      ) : (
        <ChoiceField {...words} options={options} />
      );
    }
    case 'pinfl':
      return <PinflField {...words} />;
    case 'phone':
      return <PhoneField {...words} />;
    case 'address':
      return (
        <Part {...words}>
          <AddressFields path={path} required={field.required} />
        </Part>
      );
    case 'person':
      return (
        <Part {...words}>
          <PersonFields path={path} required={field.required} />
        </Part>
      );
  }
}

function Part({ label, help, children }: FieldWords & { children: ReactElement }): ReactElement {
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{label}</legend>
      {help !== undefined && <p className={classes.help}>{help}</p>}
      {children}
    </fieldset>
  );
}

function shownOptions(field: Extract<PlainField, { kind: 'choice' }>, language: Language) {
  return field.options.map((it) => ({ code: it.code, label: it.label[language] }));
}

// Of twelve columns.
const SPANS: Record<FormField['kind'], number> = {
  text: 6,
  number: 3,
  date: 4,
  'yes-no': 6,
  choice: 6,
  pinfl: 4,
  phone: 4,
  address: 12,
  person: 12,
  group: 12,
};

/** How wide a field is. */
export function spanOf(field: FormField): number {
  if (field.kind === 'text' && field.lines > 1) return 12;
  if (field.kind === 'choice' && field.options.length > 2 && field.options.length <= 4) return 12;
  return SPANS[field.kind];
}
