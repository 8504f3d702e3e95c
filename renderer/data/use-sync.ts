import type { Replica } from '#replica/replica';
import type { SyncStatus } from '#replica/sync-status';
import { useDesk } from './desk.ts';
import { useWatch } from './use-watch.ts';

export type { SyncStatus } from '#replica/sync-status';
export type HeldSyncReport = NonNullable<Awaited<ReturnType<Replica['syncReport']>>>;

/** What waits, since when and why. */
export function useSyncStatus(): SyncStatus {
  const { replica } = useDesk();
  const status = useWatch<SyncStatus>((listener) => replica.sync.watch(listener), ['sync']);
  return status ?? replica.sync.status();
}

export function useSyncNow(): () => void {
  const { replica } = useDesk();
  return () => replica.sync.now();
}
