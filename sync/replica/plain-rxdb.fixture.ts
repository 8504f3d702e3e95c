import {
  createRxDatabase,
  type RxCollection,
  type RxStorage,
  wrapRxStorageInstance,
} from 'rxdb/plugins/core';
import { createDiskStorage } from './lean-storage.ts';

export type Doc = { id: string; stamp?: string };

/** A table as RxDB's own pages show it, on the same storage as ours. */
export async function openPlain(name: string, storage = createDiskStorage()): Promise<RxCollection<Doc>> {
  const database = await createRxDatabase({ name, storage: storage as never, multiInstance: false });
  const schema = {
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: { id: { type: 'string', maxLength: 20 }, stamp: { type: 'string' } },
    required: ['id'],
  } as const;
  const { docs } = await database.addCollections({ docs: { schema } });
  return docs as unknown as RxCollection<Doc>;
}

/** The same storage as an encryption wraps it: whatever leaves it goes through `read`. */
export function wrapDiskStorage(read: (doc: Doc) => Doc): RxStorage<unknown, unknown> {
  const inner = createDiskStorage();
  return {
    ...inner,
    async createStorageInstance(params) {
      const instance = await inner.createStorageInstance(params);
      return wrapRxStorageInstance(
        params.schema as never,
        instance as never,
        (doc) => doc as never,
        (doc) => read(doc) as never,
      ) as never;
    },
  };
}
