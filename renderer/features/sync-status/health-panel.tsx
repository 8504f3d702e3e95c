import { Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDatabaseImport, IconTool } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { IconLine } from '../../components/icon-line.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { rebuildWindow } from '../../data/repair-window.ts';
import { useMay } from '../../data/use-may.ts';
import type { SyncStatus } from '../../data/use-sync.ts';
import { formatBytes, formatMoment } from '../../i18n/format.ts';
import { hasMessage, type Translate } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { isDiskLow } from './sync-line.ts';

type Props = { status: SyncStatus; now: number; utcOffsetMinutes: number };

/** What this computer's own copy is worth, and what became of what was found wrong with it. */
export function HealthPanel({ status, now, utcOffsetMinutes }: Props): ReactElement {
  const { t, language } = useTranslate();
  const { checkedAt, findings } = status.health;
  const when = (at: number): string => formatMoment(language, at, now, utcOffsetMinutes);
  return (
    <Panel title={t('health.title')} aside={<RebuildButton />}>
      <Stack gap="xs">
        {checkedAt === null && <Text size="sm">{t('health.checking')}</Text>}
        {checkedAt !== null && findings.length === 0 && (
          <IconLine icon={IconCircleCheck} tone="good">
            {t('health.whole', { when: when(checkedAt) })}
          </IconLine>
        )}
        {findings.map((it) => (
          <FindingLine key={`${it.at}-${it.what}-${it.collection}`} finding={it} when={when} />
        ))}
        {checkedAt !== null && findings.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('health.checked', { when: when(checkedAt) })}
          </Text>
        )}
        {status.attention.unreadable?.map((it) => (
          <IconLine key={it.collection} icon={IconAlertTriangle} tone="attention">
            {t('health.unreadable', { what: nameOf(t, it.collection), many: it.count })}
          </IconLine>
        ))}
        <DiskLine status={status} />
      </Stack>
    </Panel>
  );
}

function nameOf(t: Translate, collection: string): string {
  const name = `sync.collection.${collection}`;
  return hasMessage(name) ? t(name) : collection;
}

type Finding = SyncStatus['health']['findings'][number];

function FindingLine({ finding, when }: { finding: Finding; when(at: number): string }): ReactElement {
  const { t } = useTranslate();
  const { what, collection, mendedAt } = finding;
  const said = t(`health.${what}`, { what: nameOf(t, collection) });
  if (what === 'unseen') {
    return (
      <IconLine icon={IconTool} tone="good">
        {said}
      </IconLine>
    );
  }
  const next = mendedAt === null ? t('health.toMend') : t('health.mended', { when: when(mendedAt) });
  return (
    <IconLine
      icon={mendedAt === null ? IconAlertTriangle : IconTool}
      tone={mendedAt === null ? 'attention' : 'good'}
    >
      {said} {next}
    </IconLine>
  );
}

function DiskLine({ status }: { status: SyncStatus }): ReactElement | null {
  const { t, language } = useTranslate();
  if (status.freeDiskBytes === null) return null;
  const free = formatBytes(language, status.freeDiskBytes);
  if (!isDiskLow(status)) return <Text size="sm">{t('health.disk', { free })}</Text>;
  return (
    <Notice tone="attention" title={t('health.disk.low', { free })}>
      <Text size="sm">{t('health.disk.low.next')}</Text>
    </Notice>
  );
}

/** For the IT administrator: everything of the copy goes and comes again. */
function RebuildButton(): ReactElement | null {
  const { t } = useTranslate();
  const may = useMay();
  const [isAsked, setIsAsked] = useState(false);
  if (!may('station.devices')) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDatabaseImport size={18} aria-hidden />}
        onClick={() => setIsAsked(true)}
      >
        {t('health.rebuild')}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={t('health.rebuild.title')}
        consequence={
          <Stack gap="xs">
            <Text size="sm">{t('health.rebuild.safe')}</Text>
            <Text size="sm">{t('health.rebuild.next')}</Text>
          </Stack>
        }
        confirm={t('health.rebuild')}
        onConfirm={rebuildWindow}
        onCancel={() => setIsAsked(false)}
      />
    </>
  );
}
