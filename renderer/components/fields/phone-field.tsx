import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatPhone, parsePhone } from '#model/identity/phone';
import { textOf, useField, useFormPart } from './answer-form.ts';
import { type FieldWords, useFieldWords } from './field-words.tsx';

const EXAMPLE = { UZ: '+998 90 123-45-67', GE: '+995 555 12 34 56' } as const;

/** A telephone number, typed in any of the usual ways and kept as E.164. */
export function PhoneField(words: FieldWords): ReactElement {
  const country = useFormPart((it) => it.country);
  const { answer, set, leave } = useField(words.path);
  const value = textOf(answer);
  return (
    <TextInput
      {...useFieldWords(words)}
      value={formatPhone(value)}
      data-path={words.path}
      inputMode="tel"
      maxLength={24}
      placeholder={EXAMPLE[country]}
      onChange={(event) => set(event.currentTarget.value)}
      onBlur={() => {
        const parsed = parsePhone(value, country);
        if (parsed.outcome === 'ok' && parsed.e164 !== value) set(parsed.e164);
        leave();
      }}
    />
  );
}
