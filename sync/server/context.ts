import type { DemoCodes } from './store/enrolment.ts';
import type { FileStore } from './store/files.ts';
import type { Sql } from './store/sql.ts';

/** What every route works with. */
export type Context = {
  sql: Sql;
  files: FileStore;
  epoch: string;
  adminKey: string;
  demo: boolean;
  demoCodes: DemoCodes;
  now(): number;
};

/** What a station is told, and held to. */
export const LIMITS = { bodyBytes: 262_144, events: 500, fileBytes: 20 * 1024 * 1024 } as const;
