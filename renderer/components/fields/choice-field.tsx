import { Checkbox, Group, MultiSelect, Radio, Select } from '@mantine/core';
import type { ReactElement } from 'react';
import { searchForm } from '#model/identity/script';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { textOf, useField } from './answer-form.ts';
import { type FieldWords, useFieldWords } from './field-words.tsx';

const MOST_AT_ONCE = 4;

export type ShownOption = { code: string; label: string };

/** One of a few is shown whole; one of many is searched, in any script. */
export function ChoiceField({
  options,
  ...words
}: FieldWords & { options: readonly ShownOption[] }): ReactElement {
  return options.length <= MOST_AT_ONCE ? (
    <RadioField options={options} {...words} />
  ) : (
    <ListField options={options} {...words} />
  );
}

function RadioField({ options, ...words }: FieldWords & { options: readonly ShownOption[] }): ReactElement {
  const { answer, set, leave } = useField(words.path);
  return (
    <Radio.Group
      {...useFieldWords(words)}
      value={textOf(answer)}
      onChange={set}
      onBlur={leave}
      name={words.path}
    >
      <Group gap="6px 20px" my={4}>
        {options.map((it, index) => (
          <Radio
            key={it.code}
            value={it.code}
            label={it.label}
            {...(index === 0 ? { 'data-path': words.path } : {})}
          />
        ))}
      </Group>
    </Radio.Group>
  );
}

export function ListField({
  options,
  disabled = false,
  onTaken,
  ...words
}: FieldWords & {
  options: readonly ShownOption[];
  disabled?: boolean;
  onTaken?: (code: string | null) => void;
}): ReactElement {
  const { t } = useTranslate();
  const { answer, set, leave } = useField(words.path);
  return (
    <Select
      {...useFieldWords(words)}
      data={options.map((it) => ({ value: it.code, label: it.label }))}
      value={textOf(answer) === '' ? null : textOf(answer)}
      onChange={(code) => {
        set(code);
        onTaken?.(code);
      }}
      onBlur={leave}
      data-path={words.path}
      disabled={disabled}
      searchable
      clearable
      autoSelectOnBlur
      // Leaving the list would otherwise choose the marked option again, which takes it back.
      allowDeselect={false}
      selectFirstOptionOnChange
      placeholder={t('choice.placeholder')}
      nothingFoundMessage={t('choice.none')}
      filter={({ options: all, search }) => {
        const wanted = searchForm(search);
        return all.filter((it) => 'label' in it && searchForm(it.label).includes(wanted));
      }}
    />
  );
}

/** Any number of them. */
export function ManyField({
  options,
  ...words
}: FieldWords & { options: readonly ShownOption[] }): ReactElement {
  const { t } = useTranslate();
  const { answer, set, leave } = useField(words.path);
  const around = useFieldWords(words);
  const chosen = Array.isArray(answer) ? answer : [];
  if (options.length > MOST_AT_ONCE) {
    return (
      <MultiSelect
        {...around}
        data={options.map((it) => ({ value: it.code, label: it.label }))}
        value={chosen}
        onChange={set}
        onBlur={leave}
        data-path={words.path}
        searchable
        placeholder={t('choice.placeholder')}
      />
    );
  }
  return (
    <Checkbox.Group {...around} value={chosen} onChange={set} onBlur={leave}>
      <Group gap="6px 20px" my={4}>
        {options.map((it, index) => (
          <Checkbox
            key={it.code}
            value={it.code}
            label={it.label}
            {...(index === 0 ? { 'data-path': words.path } : {})}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
