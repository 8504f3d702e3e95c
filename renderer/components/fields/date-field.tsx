import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { type ReactElement, useRef, useState } from 'react';
import { formatIsoDate } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { textOf, useField, useFormPart } from './answer-form.ts';
import classes from './date-field.module.css';
import { type FieldWords, useFieldWords } from './field-words.tsx';
import { parseDate } from './parse-date.ts';

/** A day: typed with or without dots, or picked. Kept as ISO once it is one, as typed until then. */
export function DateField(words: FieldWords): ReactElement {
  const { t } = useTranslate();
  const today = useFormPart((it) => it.today);
  const { answer, set, leave } = useField(words.path);
  const [typed, setTyped] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const iso = parseDate(textOf(answer), today);
  const take = (text: string): void => set(text === '' ? null : (parseDate(text, today) ?? text));
  return (
    <TextInput
      {...useFieldWords(words)}
      value={typed ?? formatIsoDate(textOf(answer))}
      data-path={words.path}
      placeholder={t('date.placeholder')}
      inputMode="numeric"
      maxLength={10}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        take(event.currentTarget.value);
      }}
      onBlur={() => {
        setTyped(null);
        leave();
      }}
      rightSection={
        // Out of the Tab order: whoever has no mouse types, which is quicker.
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            aria-label={t('date.pick')}
            onClick={() => picker.current?.showPicker()}
          >
            <IconCalendar size={18} aria-hidden />
          </ActionIcon>
          <input
            autoComplete="off"
            ref={picker}
            type="date"
            className={classes.picker}
            tabIndex={-1}
            aria-hidden
            value={iso ?? ''}
            onChange={(event) => take(event.currentTarget.value)}
          />
        </>
      }
    />
  );
}
