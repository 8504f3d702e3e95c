import type { LocalRows } from './local-rows.ts';
import type { DiskRefusal } from './ports.ts';
import type { Draft } from './replica.ts';

export type Drafts = {
  all(): Promise<Draft[]>;
  find(id: string): Promise<Draft | null>;
  save(draft: Draft): Promise<{ outcome: 'saved' } | DiskRefusal>;
  remove(id: string): Promise<void>;
};

export function createDrafts(rows: LocalRows): Drafts {
  return {
    find: async (id) => ((await rows.find(toKey(id))) as Draft | undefined) ?? null,
    async all() {
      const drafts = (await rows.all('draft')) as Draft[];
      return drafts.sort((a, b) => b.changedAt - a.changedAt);
    },
    save: (draft) =>
      orRefusal(async () => {
        await rows.write('draft', toKey(draft.id), draft);
        return { outcome: 'saved' };
      }),
    remove: (id) => rows.remove(toKey(id)),
  };
}

function toKey(id: string): string {
  return `draft/${id}`;
}

/** What IndexedDB refuses, to read or to write, is an outcome. */
export async function orRefusal<T>(work: () => Promise<T>): Promise<T | DiskRefusal> {
  try {
    return await work();
  } catch (error) {
    return toRefusal(error);
  }
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
