import { Button, SimpleGrid, Stack, Switch } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { useDesk, useSettings } from '../../data/desk.ts';
import { useUtcOffset } from '../../data/use-catalogue.ts';
import { useNow } from '../../data/use-now.ts';
import { useSyncNow, useSyncStatus } from '../../data/use-sync.ts';
import { formatBytes, formatMoment } from '../../i18n/format.ts';
import { formatDuration } from '../../i18n/format-duration.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { AttentionRecords } from './attention-records.tsx';
import { FactBox } from './fact-box.tsx';
import { HealthPanel } from './health-panel.tsx';
import { SyncSituation } from './sync-situation.tsx';

const TICK_MS = 1_000;

/** What waits, since when and why, and what happens next. */
export function SyncScreen(): ReactElement {
  const { t, language } = useTranslate();
  const status = useSyncStatus();
  const syncNow = useSyncNow();
  const now = useNow(TICK_MS);
  const utcOffsetMinutes = useUtcOffset();
  const { info } = useDesk();
  const { settings, change } = useSettings();
  const moment = (at: number | null): string =>
    at === null ? t('sync.never') : formatMoment(language, at, now, utcOffsetMinutes);
  const { waiting, files, clockDriftMs } = status;
  const busy = status.phase === 'syncing';

  return (
    <Stack gap="md">
      <PageHeader title={t('sync.title')} below={t('sync.howItWorks')}>
        <Button leftSection={<IconRefresh size={18} aria-hidden />} loading={busy} onClick={syncNow}>
          {t('sync.now')}
        </Button>
      </PageHeader>
      <SyncSituation status={status} now={now} utcOffsetMinutes={utcOffsetMinutes} />
      <SimpleGrid cols={3} spacing="sm">
        <FactBox
          label={t('sync.records')}
          value={t('sync.records.value', { count: waiting.events })}
          more={
            waiting.events === 0
              ? undefined
              : [
                  t('sync.records.cases', { count: waiting.cases }),
                  formatBytes(language, waiting.bytes),
                ].join(' · ')
          }
        />
        <FactBox
          label={t('sync.oldest')}
          value={waiting.oldestAt === null ? '—' : moment(waiting.oldestAt)}
          more={waiting.oldestAt === null ? undefined : agoWords(waiting.oldestAt)}
        />
        <FactBox
          label={t('sync.files')}
          value={t('sync.files.value', { count: files.count })}
          more={files.count === 0 ? undefined : formatBytes(language, files.bytes)}
        />
        <FactBox label={t('sync.lastContact')} value={moment(status.lastContactAt)} more={info.central} />
        <FactBox
          label={t('sync.lastFull')}
          value={moment(status.lastFullSyncAt)}
          more={t('sync.lastFull.more')}
        />
        <FactBox
          label={t('sync.clock')}
          value={clockDriftMs === null ? t('sync.clock.unknown') : driftWords(clockDriftMs)}
          more={clockDriftMs === null ? undefined : t('sync.clock.more')}
        />
      </SimpleGrid>
      <AttentionRecords attention={status.attention} now={now} utcOffsetMinutes={utcOffsetMinutes} />
      <HealthPanel status={status} now={now} utcOffsetMinutes={utcOffsetMinutes} />
      <Panel>
        <Switch
          checked={settings.keepSending}
          onChange={(event) => change({ keepSending: event.currentTarget.checked })}
          label={t('sync.keepSending')}
          description={t('sync.keepSending.more')}
        />
      </Panel>
    </Stack>
  );

  function agoWords(at: number): string {
    if (now - at < 60_000) return t('sync.justNow');
    return t('sync.ago', { duration: formatDuration(language, now - at) });
  }

  function driftWords(drift: number): string {
    if (Math.abs(drift) < 60_000) return t('sync.clock.right');
    const by = formatDuration(language, Math.abs(drift));
    return t(drift > 0 ? 'strip.clock.ahead' : 'strip.clock.behind', { by });
  }
}
