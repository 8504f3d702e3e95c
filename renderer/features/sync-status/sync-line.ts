import type { SyncStatus } from '../../data/use-sync.ts';
import { formatMoment } from '../../i18n/format.ts';
import type { Language, Translate } from '../../i18n/messages.ts';
import { troubleGroup } from './trouble.ts';

type Words = { t: Translate; language: Language; now: number; utcOffsetMinutes: number };

/** How the sync stands, for its sign. */
export type SyncMood = 'sent' | 'waiting' | 'receiving' | 'trouble';

export function syncMood(status: SyncStatus): SyncMood {
  if (status.trouble !== null) return 'trouble';
  if (status.waiting.events > 0 || status.files.count > 0) return 'waiting';
  return status.progress !== null || status.lastContactAt === null ? 'receiving' : 'sent';
}

/** `All sent · 11:04`, `14 waiting · offline since 10:42`: from the centre's receipts and nothing else. */
export function syncLine(status: SyncStatus, words: Words): string {
  const { t, language, now, utcOffsetMinutes } = words;
  const moment = (at: number): string => formatMoment(language, at, now, utcOffsetMinutes);
  const parts = [waitingWords(status, t)];
  if (status.trouble !== null) {
    parts.push(t(`strip.${troubleGroup(status.trouble.failure)}`, { since: moment(status.trouble.since) }));
  } else if (status.progress !== null) {
    parts.push(t('strip.receiving', { percent: progressPercent(status.progress) }));
  } else if (status.phase === 'starting' && status.lastContactAt === null) {
    parts.push(t('strip.starting'));
  } else if (status.lastContactAt !== null && syncMood(status) === 'sent') {
    parts.push(moment(status.lastContactAt));
  }
  return parts.join(' · ');
}

export function progressPercent({ cursor, head }: NonNullable<SyncStatus['progress']>): number {
  return head <= 0 ? 0 : Math.min(100, Math.floor((cursor / head) * 100));
}

const LOW_DISK_BYTES = 1_000_000_000;

/** Long before the station takes no more files, so that somebody can make room. */
export function isDiskLow({ freeDiskBytes }: SyncStatus): boolean {
  return freeDiskBytes !== null && freeDiskBytes < LOW_DISK_BYTES;
}

/** How many records and conflicts want a person. */
export function needingYou({ attention }: SyncStatus): number {
  return attention.conflicts + attention.records.length;
}

function waitingWords(status: SyncStatus, t: Translate): string {
  if (status.waiting.events > 0) return t('strip.waiting', { count: Math.max(1, status.waiting.cases) });
  if (status.files.count > 0) return t('strip.filesWaiting', { count: status.files.count });
  // Nothing waits; whether anything was ever sent is another matter.
  return t(status.lastContactAt === null ? 'strip.nothingWaits' : 'strip.allSent');
}
