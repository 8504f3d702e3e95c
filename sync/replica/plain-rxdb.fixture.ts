import { createRxDatabase, type RxCollection } from 'rxdb/plugins/core';
import { createDiskStorage } from './database.ts';

export type Doc = { id: string };

/** A table as RxDB's own pages show it, on the same storage as ours. */
export async function openPlain(name: string): Promise<RxCollection<Doc>> {
  const storage = createDiskStorage() as never;
  const database = await createRxDatabase({ name, storage, multiInstance: false });
  const schema = {
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: { id: { type: 'string', maxLength: 20 } },
    required: ['id'],
  } as const;
  const { docs } = await database.addCollections({ docs: { schema } });
  return docs as unknown as RxCollection<Doc>;
}
