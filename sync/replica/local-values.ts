import type { Tables } from './database.ts';

/** What sync itself must remember; lost with the replica, it is found out again. */
export type SyncMemory = {
  epoch: string | null;
  /** Highest own number that the centre has confirmed. */
  confirmedN: number;
  /** Highest own number in the centre's stream as we hold it. */
  ownN: number;
  /** Cursor of `events` when `cases` was last read to its head: earlier events are in our copies. */
  settledSeq: number;
  lastContactAt: number | null;
  lastFullSyncAt: number | null;
  clockDriftMs: number | null;
  appVersion: string;
};

export const EMPTY_MEMORY: SyncMemory = {
  epoch: null,
  confirmedN: 0,
  ownN: 0,
  settledSeq: 0,
  lastContactAt: null,
  lastFullSyncAt: null,
  clockDriftMs: null,
  appVersion: '',
};

export type LocalValues = {
  read(key: string): Promise<unknown>;
  write(key: string, value: unknown): Promise<void>;
};

export function createLocalValues(tables: Tables): LocalValues {
  return {
    async read(key) {
      const found = await tables.local.findOne(`value/${key}`).exec();
      return found === null ? undefined : found.toMutableJSON().value.it;
    },
    async write(key, value) {
      await tables.local.incrementalUpsert({ key: `value/${key}`, kind: 'value', value: { it: value } });
    },
  };
}
