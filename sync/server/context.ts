import type { RecoveryKey } from '#protocol/recovery-key';
import type { Metrics } from './metrics.ts';
import type { FileStore } from './store/files.ts';
import type { Sql } from './store/sql.ts';

/** What every route works with. Nothing that two servers on one database must agree on is in here. */
export type Context = {
  sql: Sql;
  files: FileStore;
  adminKey: string;
  /** Takes the codes of the demonstration, and shows its PINs. */
  demo: boolean;
  /** Given to each station that is enrolled. */
  recoveryKey?: RecoveryKey;
  metrics: Metrics;
  /** Of this process: set once, when it was asked to end. */
  life: { stopping: boolean };
  now(): number;
};

/** What a station is told, and held to. */
export const LIMITS = { bodyBytes: 262_144, events: 500, fileBytes: 20 * 1024 * 1024 } as const;
