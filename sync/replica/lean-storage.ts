import type { Dexie } from 'dexie';
import { type RxStorage, wrapRxStorageInstance } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { toStored, toWhole } from './stored-row.ts';

/** RxDB's own indexes: for what it would push, for cleaning up, and one that no query of its plans ever takes. */
const UNUSED = new Set(['_meta.lwt', '[_meta.lwt+id]', '[_meta.lwt+key]', '[_deleted+id]', '[_deleted+key]']);
const LARGE = /--(?:cases|events)$/;
const PULLED = ['cases', 'events', 'catalogue'];

/** Strict: an acknowledged write survives a power cut. Chromium's default loses the last seconds. */
export function createDiskStorage(): RxStorage<unknown, unknown> {
  const disk = getRxStorageDexie({
    chromeTransactionDurability: 'strict',
    onCreate: leaveOutUnused,
  }) as RxStorage<unknown, unknown>;
  return {
    ...disk,
    async createStorageInstance(params) {
      const instance = await disk.createStorageInstance(params);
      if (!PULLED.includes(params.collectionName)) return instance;
      const packed = wrapRxStorageInstance(
        params.schema as never,
        instance as never,
        toStored as never,
        toWhole as never,
      ) as unknown as typeof instance;
      // RxDB asks this before each page, of a table that is only pulled too: nothing in these is ever to be pushed.
      packed.getChangedDocumentsSince = async (_, checkpoint) => ({
        documents: [],
        checkpoint: checkpoint as never,
      });
      return packed;
    },
  };
}

/** Half the cost of a first sync is keeping indexes. */
function leaveOutUnused(database: Dexie, name: string): void {
  if (!LARGE.test(name)) return;
  const version = database.version.bind(database);
  database.version = (number) => {
    const made = version(number);
    const stores = made.stores.bind(made);
    made.stores = (schema) => stores({ ...schema, docs: toLean(schema.docs ?? '') });
    return made;
  };
}

function toLean(indexes: string): string {
  return indexes
    .split(', ')
    .filter((it) => !UNUSED.has(it))
    .join(', ');
}
