const BLOCKED_MS = 5_000;

/** Takes everything of a replica out of IndexedDB. To be called while nothing of it is open. */
export async function dropDatabase(name: string): Promise<{ outcome: 'dropped' | 'blocked' | 'failed' }> {
  const all = (await indexedDB.databases()).flatMap((it) => it.name ?? []);
  const ours = all.filter((it) => it.startsWith(`rxdb-dexie-${name}--`));
  const outcomes = await Promise.all(ours.map(dropOne));
  return { outcome: outcomes.find((it) => it !== 'dropped') ?? 'dropped' };
}

function dropOne(name: string): Promise<'dropped' | 'blocked' | 'failed'> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve('blocked'), BLOCKED_MS);
    const end = (outcome: 'dropped' | 'failed') => () => {
      clearTimeout(late);
      resolve(outcome);
    };
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = end('dropped');
    asked.onerror = end('failed');
  });
}

/** Names of errors after which IndexedDB answers nothing more, until the window is loaded again at least. */
const GONE = ['DatabaseClosedError', 'InvalidStateError'];
const BACKING_STORE = /backing store/i;

/** Whether an error says that the database itself is gone, and not that one write had no room. */
export function isDatabaseGone(error: unknown): boolean {
  let it = error as
    | { name?: unknown; message?: unknown; inner?: unknown; cause?: unknown }
    | null
    | undefined;
  for (let depth = 0; it !== null && typeof it === 'object' && depth < 5; depth += 1) {
    if (GONE.includes(String(it.name)) || BACKING_STORE.test(String(it.message))) return true;
    it = (it.inner ?? it.cause) as typeof it;
  }
  return false;
}
