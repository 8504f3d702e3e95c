import type { Dexie } from 'dexie';

/** RxDB's own indexes: for pushing, for cleaning up, and for queries that name no index. We do none of these. */
const UNUSED = new Set(['_meta.lwt', '[_meta.lwt+id]', '[_meta.lwt+key]', '[_deleted+id]', '[_deleted+key]']);
const LARGE = /--(?:cases|events)$/;

/**
 * Leaves out of the large tables the indexes that RxDB adds to every table: half the cost of a first sync
 * is keeping indexes, and nothing here reads these.
 */
export function leanOn(database: Dexie, name: string): void {
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
    .split(',')
    .map((it) => it.trim())
    .filter((it) => !UNUSED.has(it))
    .join(', ');
}
