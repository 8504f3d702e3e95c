import type { Dexie } from 'dexie';
import { type RxStorage, wrapRxStorageInstance } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { createSealedForm, plainForm, type RowForm } from './stored-row.ts';
import type { TextSealer } from './text-sealer.ts';

/** RxDB's own indexes: for what it would push, for cleaning up, and one that no query of its plans ever takes. */
const UNUSED = new Set(['_meta.lwt', '[_meta.lwt+id]', '[_meta.lwt+key]', '[_deleted+id]', '[_deleted+key]']);
const LARGE = /--(?:cases|events)$/;
const PULLED = ['cases', 'events', 'catalogue'];
const TABLES = [...PULLED, 'local'];

const forms = new WeakMap<object, RowForm>();

/** How rows lie in a table of this storage, for who writes them below RxDB. */
export function formOf(instance: object): RowForm {
  return forms.get(instance) ?? plainForm;
}

/**
 * IndexedDB, whose rows are sealed where there is a sealer.
 *
 * Strict: an acknowledged write survives a power cut. Chromium's default loses the last seconds.
 */
export function createDiskStorage(sealer: TextSealer | null = null): RxStorage<unknown, unknown> {
  const disk = getRxStorageDexie({
    chromeTransactionDurability: 'strict',
    onCreate: leaveOutUnused,
  }) as RxStorage<unknown, unknown>;
  return {
    ...disk,
    async createStorageInstance(params) {
      const instance = await disk.createStorageInstance(params);
      const { collectionName: table } = params;
      if (!TABLES.includes(table)) return instance;
      const form = sealer === null ? plainForm : createSealedForm(table, sealer);
      const packed = wrapRxStorageInstance(
        params.schema as never,
        instance as never,
        form.toStored as never,
        form.toWhole as never,
      ) as unknown as typeof instance;
      forms.set(packed, form);
      if (!PULLED.includes(table)) return packed;
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
