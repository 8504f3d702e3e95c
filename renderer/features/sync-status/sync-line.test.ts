import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../data/use-sync.ts';
import { createTranslate } from '../../i18n/messages.ts';
import { syncLine, syncMood } from './sync-line.ts';

const at = (time: string): number => Date.parse(`2026-03-05T${time}:00+05:00`);
const words = {
  t: createTranslate('en'),
  language: 'en' as const,
  now: at('11:06'),
  utcOffsetMinutes: 300,
};
const calm: SyncStatus = {
  phase: 'idle',
  trouble: null,
  waiting: { events: 0, cases: 0, bytes: 0, oldestAt: null },
  files: { count: 0, bytes: 0 },
  attention: { conflicts: 0, records: [] },
  lastContactAt: at('11:04'),
  lastFullSyncAt: at('11:04'),
  clockDriftMs: 0,
  progress: null,
  health: { checkedAt: null, findings: [] },
  freeDiskBytes: null,
};
const offline: SyncStatus['trouble'] = {
  failure: { outcome: 'offline', reason: 'no-line' },
  since: at('10:42'),
  nextTryAt: at('11:07'),
};

describe('syncLine', () => {
  it('says that all is sent, and when that was last true', () => {
    expect(syncLine(calm, words)).toBe('All sent · 11:04');
  });
  it('says what waits and since when there is no line', () => {
    const status = { ...calm, trouble: offline, waiting: { events: 31, cases: 14, bytes: 1, oldestAt: 1 } };
    expect([syncLine(status, words), syncMood(status)]).toEqual([
      '14 cases waiting · offline since 10:42',
      'trouble',
    ]);
  });
  it('does not call it all sent while a file waits', () => {
    const status = { ...calm, files: { count: 1, bytes: 10 } };
    expect([syncLine(status, words), syncMood(status)]).toEqual(['1 file waiting', 'waiting']);
  });
  it('claims nothing of a centre it has never spoken to', () => {
    const status: SyncStatus = { ...calm, phase: 'starting', lastContactAt: null, lastFullSyncAt: null };
    expect([syncLine(status, words), syncMood(status)]).toEqual([
      'Nothing to send · connecting',
      'receiving',
    ]);
  });
  it('shows how far the first copy is', () => {
    const status = { ...calm, progress: { collection: 'events', cursor: 500, head: 2000 } };
    expect(syncLine(status, words)).toBe('All sent · receiving, 25 %');
  });
});
