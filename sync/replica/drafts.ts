import type { Tables } from './database.ts';
import type { DiskRefusal } from './ports.ts';
import type { Draft } from './replica.ts';

export type Drafts = {
  all(): Promise<Draft[]>;
  find(id: string): Promise<Draft | null>;
  save(draft: Draft): Promise<{ outcome: 'saved' } | DiskRefusal>;
  remove(id: string): Promise<void>;
};

export function createDrafts(tables: Tables): Drafts {
  async function find(id: string): Promise<Draft | null> {
    const found = await tables.local.findOne(toKey(id)).exec();
    return found === null ? null : (found.toMutableJSON().value.it as Draft);
  }
  return {
    find,
    async all() {
      const rows = await tables.local.find({ selector: { kind: 'draft' } }).exec();
      return rows.map((it) => it.toMutableJSON().value.it as Draft).sort((a, b) => b.changedAt - a.changedAt);
    },
    async save(draft) {
      try {
        await tables.local.incrementalUpsert({ key: toKey(draft.id), kind: 'draft', value: { it: draft } });
        return { outcome: 'saved' };
      } catch (error) {
        return toRefusal(error);
      }
    },
    async remove(id) {
      const found = await tables.local.findOne(toKey(id)).exec();
      await found?.incrementalRemove();
    },
  };
}

function toKey(id: string): string {
  return `draft/${id}`;
}

/** Dexie wraps what the disk said; a full one shows as an abort with the quota inside. */
function toRefusal(error: unknown): DiskRefusal {
  const names: string[] = [];
  for (let it = error as { name?: string; inner?: unknown } | undefined; it && names.length < 5; ) {
    names.push(String(it.name ?? ''));
    it = it.inner as typeof it;
  }
  if (names.includes('QuotaExceededError')) return { outcome: 'disk-full' };
  return { outcome: 'disk-failed', code: names[0] || 'unknown' };
}

/** Runs tasks of one name one after the other; those of different names do not wait for each other. */
export function createQueues(): <T>(name: string, task: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const result = (last.get(name) ?? Promise.resolve()).then(task, task);
    const settled = result
      .catch(() => undefined)
      .then(() => {
        if (last.get(name) === settled) last.delete(name);
      });
    last.set(name, settled);
    return result;
  };
}
