import { Group, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ReportTotals as Totals } from '#model/reports/sync-report';
import { formatBytes, formatNumber } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { HEALTHS, HealthMark } from './health-mark.tsx';

/** The figures of all desks together, above the table. */
export function ReportTotals({ totals }: { totals: Totals }): ReactElement {
  const { t, language } = useTranslate();
  const sentences = [
    t('report.total.desks', { count: totals.desks }),
    `${t('report.total.waiting', { count: totals.waiting })} (${formatBytes(language, totals.waitingBytes)})`,
    `${t('report.total.files', { count: totals.filesWaiting })} (${formatBytes(language, totals.filesWaitingBytes)})`,
    t('report.total.failing', { count: totals.failing }),
    t('report.total.conflicts', { count: totals.openConflicts }),
  ];
  return (
    <Group gap="md" component="section" aria-label={t('report.total')}>
      {HEALTHS.filter((it) => totals.byHealth[it] > 0).map((it) => (
        <Group key={it} gap={6}>
          <HealthMark health={it} />
          <Text span fw={600}>
            {formatNumber(language, totals.byHealth[it])}
          </Text>
        </Group>
      ))}
      <Text size="sm" w="100%">
        {sentences.join(' · ')}
      </Text>
    </Group>
  );
}
