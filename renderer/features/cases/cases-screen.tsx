import { NativeSelect, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactElement, useMemo } from 'react';
import { PageHeader } from '../../components/page-header.tsx';
import { useServices, useUtcOffset } from '../../data/use-catalogue.ts';
import { useNow } from '../../data/use-now.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { type CaseFilter, toCaseFilter, toCaseSort } from './case-filter.ts';
import { CaseFilters } from './case-filters.tsx';
import { CaseTable } from './case-table.tsx';
import { useGrowingCases } from './use-growing-cases.ts';

const MINUTE_MS = 60_000;

/** All cases on this computer, by status and by what is promised first. */
export function CasesScreen(): ReactElement {
  const { t, language } = useTranslate();
  const navigate = useNavigate();
  const asked: { filter?: unknown; sort?: unknown } = useSearch({ strict: false });
  const filter = toCaseFilter(asked.filter);
  const sort = toCaseSort(asked.sort);
  const now = useNow(MINUTE_MS);
  // The list asks anew once a minute at most: what is overdue changes no faster.
  const minute = now - (now % MINUTE_MS);
  const { list, grow } = useGrowingCases(filter, sort, minute);
  const services = useServices();
  const names = useMemo(
    () => new Map(services?.map((it) => [it.code, it.name[language]])),
    [services, language],
  );
  const utcOffsetMinutes = useUtcOffset();

  const show = (part: { filter?: CaseFilter; sort?: typeof sort }): void => {
    void navigate({ to: '/cases', search: { filter, sort, ...part } as never, replace: true });
  };

  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('cases.title')}
        below={
          <Text span size="sm" role="status">
            {list === undefined ? t('cases.reading') : t('cases.total', { count: list.total })}
          </Text>
        }
      >
        <NativeSelect
          aria-label={t('cases.sort')}
          value={sort}
          onChange={(event) => show({ sort: toCaseSort(event.currentTarget.value) })}
          data={[
            { value: 'due', label: t('cases.sort.due') },
            { value: 'newest', label: t('cases.sort.newest') },
          ]}
        />
      </PageHeader>
      <CaseFilters filter={filter} now={minute} onChange={(it) => show({ filter: it })} />
      <CaseTable
        key={`${filter} ${sort}`}
        list={list}
        filter={filter}
        now={now}
        utcOffsetMinutes={utcOffsetMinutes}
        serviceName={(code) => names.get(code) ?? t('service.unknown', { code })}
        onEnd={grow}
      />
    </Stack>
  );
}
