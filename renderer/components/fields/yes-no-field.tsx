import { Group, Radio } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { useField } from './answer-form.ts';
import { type FieldWords, useFieldWords } from './field-words.tsx';

/** Yes or no; neither until somebody has said so. */
export function YesNoField(words: FieldWords): ReactElement {
  const { t } = useTranslate();
  const { answer, set, leave } = useField(words.path);
  return (
    <Radio.Group
      {...useFieldWords(words)}
      value={typeof answer === 'boolean' ? String(answer) : ''}
      onChange={(value) => set(value === 'true')}
      onBlur={leave}
      name={words.path}
    >
      <Group gap="6px 20px" my={4}>
        <Radio value="true" label={t('answer.yes')} data-path={words.path} />
        <Radio value="false" label={t('answer.no')} />
      </Group>
    </Radio.Group>
  );
}
