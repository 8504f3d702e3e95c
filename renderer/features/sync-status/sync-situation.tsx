import { Progress, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Notice } from '../../components/notice.tsx';
import type { SyncStatus } from '../../data/use-sync.ts';
import { formatMoment } from '../../i18n/format.ts';
import { formatDuration } from '../../i18n/format-duration.ts';
import { hasMessage } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { progressPercent, syncMood } from './sync-line.ts';
import { healsByItself, troubleId } from './trouble.ts';

const TONES = { sent: 'good', waiting: 'info', receiving: 'info', trouble: 'attention' } as const;

type Props = { status: SyncStatus; now: number; utcOffsetMinutes: number };

/** What happened, what is safe, what comes next, in that order. */
export function SyncSituation({ status, now, utcOffsetMinutes }: Props): ReactElement {
  const { t, language } = useTranslate();
  const { trouble, waiting, files, progress } = status;
  const mood = syncMood(status);
  const collection = progress === null ? '' : `sync.collection.${progress.collection}`;
  return (
    <Notice tone={TONES[mood]} title={whatHappened()}>
      <Stack gap={6}>
        <Text size="sm">{whatIsSafe()}</Text>
        {trouble !== null && <Text size="sm">{t(`trouble.${troubleId(trouble.failure)}.next`)}</Text>}
        {trouble !== null && healsByItself(trouble.failure) && (
          <Text size="sm">{nextTry(trouble.nextTryAt)}</Text>
        )}
        {progress !== null && (
          <>
            <Text size="sm">
              {t('sync.progress', {
                what: hasMessage(collection) ? t(collection) : progress.collection,
                percent: progressPercent(progress),
              })}
            </Text>
            <Progress value={progressPercent(progress)} aria-label={t('sync.progress.label')} />
          </>
        )}
      </Stack>
    </Notice>
  );

  function whatHappened(): string {
    if (trouble === null) return t(`sync.situation.${mood === 'trouble' ? 'waiting' : mood}`);
    const since = formatMoment(language, trouble.since, now, utcOffsetMinutes);
    return t(`trouble.${troubleId(trouble.failure)}`, { since });
  }

  function whatIsSafe(): string {
    if (waiting.events > 0) {
      const held = trouble !== null && !healsByItself(trouble.failure);
      return t(held ? 'sync.safe.held' : 'sync.safe.cases', { count: Math.max(1, waiting.cases) });
    }
    if (files.count > 0) return t('sync.safe.files', { count: files.count });
    return t(status.lastContactAt === null ? 'sync.safe.nothing' : 'sync.safe.all');
  }

  function nextTry(at: number): string {
    if (status.phase === 'syncing' || at <= now) return t('sync.nextTry.now');
    const wait = at - now;
    return wait < 60_000
      ? t('sync.nextTry.seconds', { count: Math.ceil(wait / 1000) })
      : t('sync.nextTry.in', { duration: formatDuration(language, wait) });
  }
}
