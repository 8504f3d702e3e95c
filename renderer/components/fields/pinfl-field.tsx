import { TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Answers } from '#model/answer';
import { checkPinfl, isPersonalNumber } from '#model/identity/pinfl';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { textOf, useAnswerForm, useFormPart } from './answer-form.ts';
import { type FieldWords, useFieldWords } from './field-words.tsx';
import { PINFL_LENGTH } from './problem-text.ts';

/**
 * The personal number, checked while it is typed.
 *
 * Once it is right it fills birth date and sex beside it where they are still empty (`fills`).
 */
export function PinflField({ fills = false, ...words }: FieldWords & { fills?: boolean }): ReactElement {
  const { t } = useTranslate();
  const form = useAnswerForm();
  const value = useFormPart((it) => textOf(it.answers[words.path]));
  const country = useFormPart((it) => it.country);
  const around = useFieldWords(words);
  const digits = value.replace(/[\s-]/g, '');
  const isRight = isPersonalNumber(value);
  const count = PINFL_LENGTH[country];
  const isUnderway = digits.length > 0 && digits.length < count;
  return (
    <TextInput
      {...around}
      value={value}
      data-path={words.path}
      inputMode="numeric"
      maxLength={20}
      onChange={(event) => {
        const text = event.currentTarget.value.replace(/[^\d\s-]/g, '');
        form.change((now) => ({
          ...now,
          [words.path]: text,
          ...(fills ? filledBy(text, words.path, now) : {}),
        }));
        if (text.replace(/[\s-]/g, '').length >= count) form.leave(words.path);
      }}
      onBlur={() => {
        if (digits !== value) form.change((now) => ({ ...now, [words.path]: digits }));
        form.leave(words.path);
      }}
      rightSectionWidth={isUnderway ? 62 : 34}
      rightSectionPointerEvents="none"
      rightSection={
        isRight ? (
          <IconCheck size={18} color="var(--darcha-good)" role="img" aria-label={t('pinfl.right')} />
        ) : isUnderway ? (
          <span style={{ fontSize: 13, color: 'var(--darcha-ink-quiet)' }}>
            {digits.length} / {count}
          </span>
        ) : null
      }
    />
  );
}

function filledBy(text: string, path: string, now: Answers): Answers {
  const checked = checkPinfl(text);
  if (checked.outcome === 'bad') return {};
  const beside = path.slice(0, path.lastIndexOf('.'));
  const filled: Answers = {};
  if (textOf(now[`${beside}.birthDate`]) === '') filled[`${beside}.birthDate`] = checked.birthDate;
  if (textOf(now[`${beside}.sex`]) === '') filled[`${beside}.sex`] = checked.sex;
  return filled;
}
