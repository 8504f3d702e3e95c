import { Button, Group, NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { useCases } from '../../data/use-case.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { type CaseFilter, MAIN_FILTERS, STATUS_FILTERS } from './case-filter.ts';

type Props = {
  filter: CaseFilter;
  now: number;
  onChange(filter: CaseFilter): void;
};

/** What the list shows and in which order. */
export function CaseFilters({ filter, now, onChange }: Props): ReactElement {
  const { t } = useTranslate();
  const isStatus = !(MAIN_FILTERS as readonly string[]).includes(filter);
  return (
    <Group gap="xs" wrap="wrap" role="group" aria-label={t('cases.filter')}>
      {MAIN_FILTERS.map((it) => (
        <FilterButton key={it} filter={it} now={now} chosen={it === filter} onChoose={() => onChange(it)} />
      ))}
      <NativeSelect
        size="sm"
        w={180}
        title={t(isStatus ? `status.${filter as (typeof STATUS_FILTERS)[number]}` : 'cases.filter.status')}
        aria-label={t('cases.filter.status')}
        value={isStatus ? filter : ''}
        onChange={(event) => onChange((event.currentTarget.value || 'open') as CaseFilter)}
        data={[
          { value: '', label: t('cases.filter.status') },
          ...STATUS_FILTERS.map((it) => ({ value: it, label: t(`status.${it}`) })),
        ]}
      />
    </Group>
  );
}

function FilterButton(props: {
  filter: (typeof MAIN_FILTERS)[number];
  now: number;
  chosen: boolean;
  onChoose(): void;
}): ReactElement {
  const { t } = useTranslate();
  const { filter, now, chosen, onChoose } = props;
  const count = useCases({ filter, sort: 'due', limit: 1, now })?.total;
  return (
    <Button
      size="sm"
      px={10}
      variant={chosen ? 'filled' : 'default'}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      {t(`cases.filter.${filter}`)}
      {count === undefined ? '' : ` ${count}`}
    </Button>
  );
}
