import { TextInput } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { formatNumber } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { textOf, useField } from './answer-form.ts';
import { type FieldWords, useFieldWords } from './field-words.tsx';

/** A figure, with comma or point; what is no figure stays as typed and is said to be none. */
export function NumberField({ unit, ...words }: FieldWords & { unit?: string | undefined }): ReactElement {
  const { language } = useTranslate();
  const { answer, set, leave } = useField(words.path);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typeof answer === 'number' ? formatNumber(language, answer) : textOf(answer);
  return (
    <TextInput
      {...useFieldWords(words)}
      value={typed ?? shown}
      data-path={words.path}
      inputMode="decimal"
      {...(unit === undefined ? {} : { rightSection: unit, rightSectionWidth: 14 + unit.length * 9 })}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const plain = text.replace(/[\s\u00a0]/g, '').replace(',', '.');
        set(/^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text);
      }}
      onBlur={() => {
        setTyped(null);
        leave();
      }}
    />
  );
}
