import type { Dexie, Table as DexieTable } from 'dexie';
import { createRevision, now, type RxCollection, uncacheRxQuery } from 'rxdb/plugins/core';
import { fromStorageToDexie } from 'rxdb/plugins/storage-dexie';
import { toStored } from './stored-row.ts';

type DexieInternals = { dexieDb: Dexie; dexieTable: DexieTable; booleanIndexes: string[] };

/** Rows that are handed over without a pause for the window. */
const ROWS_AT_ONCE = 100;

/**
 * Writes rows that the table has not, below RxDB: it would look for each of them first, and tell everybody of each.
 *
 * They are on the disk when it resolves. RxDB hears nothing of them: `forgetQueries` has to follow.
 */
export async function fillTable<Row>(table: RxCollection<Row>, rows: readonly Row[]): Promise<void> {
  const lwt = now();
  const _rev = createRevision(table.database.token);
  const stored = rows.map((row) => ({
    ...row,
    _deleted: false,
    _attachments: {},
    _meta: { lwt },
    _rev,
  }));
  const { originalStorageInstance: storage } = table.storageInstance;
  const internals = (await storage.internals) as object;
  if ('dexieTable' in internals) return putAll(internals as DexieInternals, stored);
  const written = stored.map((document) => ({ document }));
  const { error } = await storage.bulkWrite(written as never, 'fill');
  if (error.length > 0) throw new Error('rows of a filled table are there already');
}

/** One transaction, so one flush; the window has its turn between the parts. */
async function putAll(
  { dexieDb, dexieTable, booleanIndexes }: DexieInternals,
  rows: readonly object[],
): Promise<void> {
  await dexieDb.transaction('rw', dexieTable, async () => {
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      await dexieTable.bulkPut(some.map((it) => fromStorageToDexie(booleanIndexes, toStored(it as never) as never)));
    }
  });
}

/** What RxDB keeps of queries that it answered before the rows were there. */
export function forgetQueries({ _queryCache }: RxCollection<unknown>): void {
  for (const query of [..._queryCache._map.values()]) uncacheRxQuery(_queryCache, query);
}
