import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { IconDownload, IconRefresh, IconUserShield } from '@tabler/icons-react';
import { type ReactElement, useMemo, useState } from 'react';
import { type DeskHealth, type SyncReportView, toSyncReport } from '#model/reports/sync-report';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { useReference, useUtcOffset } from '../../data/use-catalogue.ts';
import { useMay } from '../../data/use-may.ts';
import { useNow } from '../../data/use-now.ts';
import { useSyncReport } from '../../data/use-sync-report.ts';
import { formatMoment } from '../../i18n/format.ts';
import { formatDuration } from '../../i18n/format-duration.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { DeskTable } from './desk-table.tsx';
import { HEALTHS } from './health-mark.tsx';
import { regionOf } from './region-of.ts';
import { ReportTotals } from './report-totals.tsx';
import { saveReport } from './save-report.ts';

/** F-4: which desk has not sent, since when and why; worst first. */
export function SyncReportScreen(): ReactElement {
  const { t } = useTranslate();
  const mayRead = useMay()('report.sync');
  if (!mayRead) {
    return (
      <Stack gap="md">
        <PageHeader title={t('report.sync.title')} />
        <Panel>
          <EmptyState icon={IconUserShield} title={t('report.notYours')}>
            {t('report.notYours.next')}
          </EmptyState>
        </Panel>
      </Stack>
    );
  }
  return <Report />;
}

type Filter = { region: string; centre: string; health: '' | DeskHealth };

function Report(): ReactElement {
  const { t, language } = useTranslate();
  const { held, busy, refresh } = useSyncReport(true);
  const centres = useReference('centre');
  const places = useReference('place');
  const now = useNow();
  const [filter, setFilter] = useState<Filter>({ region: '', centre: '', health: '' });

  const view = useMemo<SyncReportView | null>(() => {
    if (held === null || held === undefined) return null;
    const known = centres ?? [];
    const all = toSyncReport(held.report, known, now);
    const chosen = new Set(
      all.rows
        .filter((it) => filter.region === '' || regionOf(it.centre) === filter.region)
        .filter((it) => filter.centre === '' || String(it.centreId) === filter.centre)
        .filter((it) => filter.health === '' || it.health === filter.health)
        .map((it) => it.device),
    );
    const rows = held.report.rows.filter((it) => chosen.has(it.device));
    return toSyncReport({ asOf: held.report.asOf, rows }, known, now);
  }, [held, centres, now, filter]);

  const present = new Set(held?.report.rows.map((it) => it.centreId));
  const centresHere = (centres ?? []).filter((it) => present.has(it.centreId));
  const regions = [...new Set(centresHere.map((it) => regionOf(it)))].filter((it) => it !== null);
  const placeName = (code: string): string => places?.find((it) => it.code === code)?.name[language] ?? code;

  return (
    <Stack gap="md">
      <PageHeader title={t('report.sync.title')} below={t('report.sync.explain')}>
        <Button
          variant="default"
          disabled={view === null || view.rows.length === 0}
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => view !== null && saveReport(view, t, language)}
        >
          {t('report.csv')}
        </Button>
        <Button leftSection={<IconRefresh size={18} aria-hidden />} loading={busy} onClick={refresh}>
          {t('report.refresh')}
        </Button>
      </PageHeader>
      {held === undefined && <Text role="status">{t('report.reading')}</Text>}
      {held === null && (
        <Notice tone="attention" title={t('report.never')}>
          {t('report.never.next')}
        </Notice>
      )}
      {view !== null && held !== null && held !== undefined && (
        <>
          <AsOf asOf={view.asOf} fresh={held.fresh} stale={view.stale} now={now} />
          <div style={{ display: 'flex', gap: 10, flexWrap: 'wrap' }}>
            <NativeSelect
              aria-label={t('report.filter.region')}
              value={filter.region}
              onChange={(event) => setFilter({ ...filter, region: event.currentTarget.value, centre: '' })}
              data={[
                { value: '', label: t('report.filter.region.all') },
                ...regions.map((it) => ({ value: it, label: placeName(it) })),
              ]}
            />
            <NativeSelect
              aria-label={t('report.filter.centre')}
              value={filter.centre}
              onChange={(event) => setFilter({ ...filter, centre: event.currentTarget.value })}
              data={[
                { value: '', label: t('report.filter.centre.all') },
                ...centresHere
                  .filter((it) => filter.region === '' || regionOf(it) === filter.region)
                  .map((it) => ({ value: String(it.centreId), label: it.name[language] })),
              ]}
            />
            <NativeSelect
              aria-label={t('report.filter.health')}
              value={filter.health}
              onChange={(event) =>
                setFilter({ ...filter, health: event.currentTarget.value as Filter['health'] })
              }
              data={[
                { value: '', label: t('report.filter.health.all') },
                ...HEALTHS.map((it) => ({ value: it, label: t(`report.health.${it}`) })),
              ]}
            />
          </div>
          <ReportTotals totals={view.totals} />
          <DeskTable rows={view.rows} asOf={view.asOf} />
        </>
      )}
    </Stack>
  );
}

function AsOf(props: { asOf: number; fresh: boolean; stale: boolean; now: number }): ReactElement {
  const { t, language } = useTranslate();
  const utcOffsetMinutes = useUtcOffset();
  const { asOf, fresh, stale, now } = props;
  const at = formatMoment(language, asOf, now, utcOffsetMinutes);
  const duration = formatDuration(language, now - asOf);
  return (
    <Notice
      tone={fresh ? 'good' : 'attention'}
      title={t(fresh ? 'report.asOf.fresh' : 'report.asOf.kept', { at, duration })}
    >
      {t(fresh ? 'report.asOf.fresh.more' : 'report.asOf.kept.more')}
      {stale && !fresh && ` ${t('report.asOf.stale', { duration })}`}
    </Notice>
  );
}
