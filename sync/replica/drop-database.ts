const BLOCKED_MS = 5_000;
/** Of RxDB on Dexie: then the name, and the table. */
const PREFIX = 'rxdb-dexie-';

/** Takes everything of a replica out of IndexedDB. To be called while nothing of it is open. */
export async function dropDatabase(name: string): Promise<{ outcome: 'dropped' | 'blocked' | 'failed' }> {
  return dropAll((it) => it.startsWith(toPrefix(name)));
}

/** Takes every other replica out of it: of a desk that this computer was, or sealed with a key that is no more used. */
export async function dropOtherDatabases(
  name: string,
): Promise<{ outcome: 'dropped' | 'blocked' | 'failed' }> {
  return dropAll((it) => it.startsWith(PREFIX) && !it.startsWith(toPrefix(name)));
}

async function dropAll(isMeant: (name: string) => boolean) {
  const all = (await indexedDB.databases()).flatMap((it) => it.name ?? []);
  const outcomes = await Promise.all(all.filter(isMeant).map(dropOne));
  return { outcome: outcomes.find((it) => it !== 'dropped') ?? ('dropped' as const) };
}

function toPrefix(name: string): string {
  return `${PREFIX}${name}--`;
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
