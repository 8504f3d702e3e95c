import { type LocalRow, runQuery, type Tables } from './database.ts';
import { createQueues } from './queues.ts';

/** The table of what never leaves this computer. */
export type LocalRows = {
  /** What was kept under the key, `undefined` when there is none. */
  find(key: string): Promise<unknown>;
  all(kind: LocalRow['kind']): Promise<unknown[]>;
  write(kind: LocalRow['kind'], key: string, it: unknown): Promise<void>;
  remove(key: string): Promise<void>;
};

/**
 * Writes of one key follow each other, and go on after one that failed.
 *
 * RxDB's own queue (`incrementalUpsert`) stays with the first failure: every later write of that key would
 * be refused until the window is loaded again.
 */
export function createLocalRows(tables: Tables, failed?: (error: unknown) => void): LocalRows {
  const inTurn = createQueues();
  const rows = createRows(tables, inTurn);
  const told = <T>(work: Promise<T>): Promise<T> => {
    if (failed !== undefined) work.catch(failed);
    return work;
  };
  return {
    find: (key) => told(rows.find(key)),
    all: (kind) => told(rows.all(kind)),
    write: (kind, key, it) => told(rows.write(kind, key, it)),
    remove: (key) => told(rows.remove(key)),
  };
}

function createRows(tables: Tables, inTurn: ReturnType<typeof createQueues>): LocalRows {
  return {
    async find(key) {
      const found = await runQuery(tables.local.findOne(key));
      return found === null ? undefined : found.toMutableJSON().value.it;
    },
    async all(kind) {
      const found = await runQuery(tables.local.find({ selector: { kind } }));
      return found.map((it) => it.toMutableJSON().value.it);
    },
    write: (kind, key, it) =>
      inTurn(key, async () => {
        await tables.local.upsert({ key, kind, value: { it } });
      }),
    remove: (key) =>
      inTurn(key, async () => {
        const found = await runQuery(tables.local.findOne(key));
        await found?.incrementalRemove();
      }),
  };
}
