import { Textarea, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { normaliseApostrophes } from '#model/identity/script';
import { textOf, useField } from './answer-form.ts';
import { type FieldWords, useFieldWords } from './field-words.tsx';

type Props = FieldWords & {
  maxLength?: number;
  lines?: number;
  /** A person's or a street's name: apostrophes are put right when the field is left. */
  isName?: boolean;
  /** Document numbers are written large. */
  isUpper?: boolean;
};

export function TextField({
  maxLength,
  lines = 1,
  isName = false,
  isUpper = false,
  ...words
}: Props): ReactElement {
  const { answer, set, leave } = useField(words.path);
  const around = useFieldWords(words);
  const value = textOf(answer);
  const common = {
    ...around,
    value,
    'data-path': words.path,
    spellCheck: false,
    ...(maxLength === undefined ? {} : { maxLength }),
    onBlur: () => {
      const tidy = isName ? normaliseApostrophes(value.trim().replace(/\s+/g, ' ')) : value.trim();
      if (tidy !== value) set(tidy);
      leave();
    },
  };
  const take = (text: string): void => set(isUpper ? text.toUpperCase() : text);
  if (lines > 1) {
    return <Textarea {...common} rows={lines} onChange={(event) => take(event.currentTarget.value)} />;
  }
  return <TextInput {...common} onChange={(event) => take(event.currentTarget.value)} />;
}
