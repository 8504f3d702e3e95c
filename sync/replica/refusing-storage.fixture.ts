import type { RxStorage } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';

/** A storage whose disk a test can fill up or break: it then refuses as Dexie does. */
export function createRefusingStorage() {
  const memory = getRxStorageMemory();
  const disk = { isFull: false, isUnreadable: false };
  const storage = {
    ...memory,
    async createStorageInstance(params: never) {
      const instance = await memory.createStorageInstance(params);
      const bulkWrite = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (...args) => {
        if (disk.isFull) throw toAbort();
        return bulkWrite(...args);
      };
      const findById = instance.findDocumentsById.bind(instance);
      instance.findDocumentsById = async (...args) => {
        if (disk.isUnreadable) throw new Error('the database is closed');
        return findById(...args);
      };
      const query = instance.query.bind(instance);
      instance.query = async (...args) => {
        if (disk.isUnreadable) throw new Error('the database is closed');
        return query(...args);
      };
      return instance;
    },
  };
  return { disk, storage: storage as unknown as RxStorage<unknown, unknown> };
}

function toAbort(): Error {
  return Object.assign(new Error('no room'), { name: 'AbortError', inner: { name: 'QuotaExceededError' } });
}
