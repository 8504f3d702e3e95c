import type { Failure } from '#protocol/central';
import type { Collection } from '#protocol/collection';

/** Why the last round did not come to its end; `disk-failed`: this computer's disk took no more of what came. */
export type SyncFailure = Failure | { outcome: 'disk-failed' };

/** What was found wrong with what this computer holds, and that it is mended, or when it will be. */
export type Finding = {
  /** `unseen`: saved, and shown nowhere. */
  what: 'hole' | 'changed' | 'other' | 'unseen';
  collection: Collection | 'journal';
  at: number;
  mendedAt: number | null;
};
export type HealthReport = { checkedAt: number | null; findings: readonly Finding[] };

/** What the status strip and the sync page say. Always true; times are epoch ms by this station's clock. */
export type SyncStatus = {
  phase: 'starting' | 'syncing' | 'idle' | 'waiting-to-retry' | 'stopped';
  /** `null` while the last contact was good. */
  trouble: { failure: SyncFailure; since: number; nextTryAt: number } | null;
  /** Events the centre has not confirmed. */
  waiting: { events: number; cases: number; bytes: number; oldestAt: number | null };
  files: { count: number; bytes: number };
  /** Records that need a person: rejected or flagged by the centre, refused files, open conflicts. */
  attention: {
    conflicts: number;
    records: { caseId: string; eventId: string; n: number; code: string; at: number }[];
    /** Documents of a shape that this program does not know, by collection; kept for a newer one. */
    unreadable?: readonly { collection: string; count: number }[];
  };
  lastContactAt: number | null;
  /** Last time everything was sent and everything there was pulled. */
  lastFullSyncAt: number | null;
  /** This clock minus the centre's, ms, as of the last contact. */
  clockDriftMs: number | null;
  /** First pull of a collection under way: how far. */
  progress: { collection: string; cursor: number; head: number } | null;
  /** What the last look at this computer's own copies found. */
  health: HealthReport;
  /** Of the disk that journal and files lie on, as of the last round; `null`: not known. */
  freeDiskBytes: number | null;
};
