import type { Dexie } from 'dexie';
import { createRevision, now, type RxCollection, uncacheRxQuery } from 'rxdb/plugins/core';
import { fromStorageToDexie } from 'rxdb/plugins/storage-dexie';
import { formOf } from './lean-storage.ts';

type DexieInternals = { dexieDb: Dexie; dexieTable: { name: string }; booleanIndexes: string[] };

/** Rows that are handed over without a pause for the window. */
const ROWS_AT_ONCE = 100;

/**
 * Writes rows that the table has not, below RxDB: it would look for each of them first, and tell everybody of each.
 *
 * They are on their way to the disk when it resolves, before all that is written to this table after them: the copy is
 * whole with its last rows, which RxDB writes strictly. RxDB hears nothing of these: `forgetQueries` has to follow.
 */
export async function fillTable<Row>(table: RxCollection<Row>, rows: readonly Row[]): Promise<void> {
  const lwt = now();
  const _rev = createRevision(table.database.token);
  const toDocument = (row: Row) => ({ ...row, _deleted: false, _attachments: {}, _meta: { lwt }, _rev });
  const { originalStorageInstance: storage } = table.storageInstance;
  const internals = (await storage.internals) as object;
  if ('dexieTable' in internals) {
    const { booleanIndexes } = internals as DexieInternals;
    const { toStored } = formOf(storage);
    // Nothing may be waited for within a transaction.
    const stored = await Promise.all(rows.map((row) => toStored(toDocument(row))));
    const isPlain = booleanIndexes.length === 0;
    const toRow = (row: object) => (isPlain ? row : fromStorageToDexie(booleanIndexes, row as never));
    return putAll(internals as DexieInternals, stored, toRow);
  }
  const written = rows.map((row) => ({ document: toDocument(row) }));
  const { error } = await storage.bulkWrite(written as never, 'fill');
  if (error.length > 0) throw new Error('rows of a filled table are there already');
}

/**
 * The next rows are handed over when the database takes up the ones before them: it never waits for us, and the window
 * has its turn between. Nor does it wait for a flush of the disk: what is lost with the power is begun anew.
 */
function putAll<Row>(
  { dexieDb, dexieTable }: DexieInternals,
  rows: readonly Row[],
  toRow: (row: Row) => object,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { name } = dexieTable;
    const work = dexieDb.backendDB().transaction(name, 'readwrite', { durability: 'relaxed' });
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new Error('the rows were not written'));
    const store = work.objectStore(name);
    let from = 0;
    const next = (): void => {
      const [first, ...others] = rows.slice(from, from + ROWS_AT_ONCE);
      if (first === undefined) return;
      from += ROWS_AT_ONCE;
      store.put(toRow(first)).onsuccess = next;
      for (const row of others) store.put(toRow(row));
    };
    next();
  });
}

/** What RxDB keeps of queries that it answered before the rows were there. */
export function forgetQueries({ _queryCache }: RxCollection<unknown>): void {
  for (const query of [..._queryCache._map.values()]) uncacheRxQuery(_queryCache, query);
}
