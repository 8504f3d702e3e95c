import type { LocalRows } from './local-rows.ts';
import type { DiskRefusal, KeptDrafts } from './ports.ts';
import type { Draft } from './replica.ts';

export type Drafts = {
  all(): Promise<Draft[]>;
  find(id: string): Promise<Draft | null>;
  save(draft: Draft): Promise<{ outcome: 'saved' } | DiskRefusal>;
  remove(id: string): Promise<void>;
  /** Brings back what the station has and this database lacks. */
  restore(): Promise<void>;
};

export function createDrafts(rows: LocalRows, kept?: KeptDrafts): Drafts {
  const find = async (id: string): Promise<Draft | null> =>
    ((await rows.find(toKey(id))) as Draft | undefined) ?? null;
  return {
    find,
    async all() {
      const drafts = (await rows.all('draft')) as Draft[];
      return drafts.sort((a, b) => b.changedAt - a.changedAt);
    },
    save: (draft) =>
      orRefusal(async () => {
        await rows.write('draft', toKey(draft.id), draft);
        // Said to be saved only when both have it: this database does not outlive everything.
        return (await kept?.write(draft.id, JSON.stringify(draft))) ?? { outcome: 'saved' };
      }),
    async remove(id) {
      // In this order: what is still here after a crash was not yet said to be gone.
      await kept?.write(id, null);
      await rows.remove(toKey(id));
    },
    async restore() {
      for (const text of (await kept?.all()) ?? []) {
        const draft = parseDraft(text);
        if (draft === null) continue;
        const here = await find(draft.id);
        if (here === null || here.changedAt < draft.changedAt) {
          await orRefusal(() => rows.write('draft', toKey(draft.id), draft));
        }
      }
    },
  };
}

/** `null`: what a torn write left, or another program. It stays on the disk and holds up no other. */
function parseDraft(text: string): Draft | null {
  try {
    const draft = JSON.parse(text) as Partial<Draft> | null;
    const isDraft = typeof draft?.id === 'string' && Array.isArray(draft.documents);
    return isDraft ? (draft as Draft) : null;
  } catch {
    return null;
  }
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
