/** A key, and what has to come on screen after it, as XPaths found one after the other. */
export type KeyAsk = { key: string; then: readonly string[] };

/** Times a page from within, so that the tool that drives it does not count. Times are ms of the page's clock. */
export type Probe = {
  /** From now on waits for the key and for what follows. */
  arm(ask: KeyAsk): void;
  /** From the key to the frame that shows the last of it. */
  taken(): Promise<number>;
  /** From the start of the page to the frame with the field for the PIN. */
  signInAt(): Promise<number>;
  /** From the first pull to the last write to the disk, once the store holds this many documents. */
  pulled(wanted: { cases: number; events: number }): Promise<{ ms: number; urls: string[] }>;
  /** The longest task of this window so far; 0 when none took 50 ms. */
  longestBlock(): number;
  /** The row in which the store keeps the one draft there is. */
  draftRow(): Promise<object>;
};

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Pages, and what is packed by the name of its hash. */
const PULLS = /\/central\/v1\/(pull\/|snapshots\/[a-z]+\/)/;
const QUIET_MS = 1_500;
const GIVE_UP_MS = 180_000;

let lastWriteAt = 0;
let longestTask = 0;
let armed: Promise<number> = Promise.resolve(Number.NaN);

function watchWrites(): void {
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...ask) {
    const begun = begin.apply(this, ask);
    if (begun.mode === 'readwrite') {
      begun.addEventListener('complete', () => {
        lastWriteAt = performance.now();
      });
    }
    return begun;
  };
}

function watchTasks(): void {
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) longestTask = Math.max(longestTask, task.duration);
  }).observe({ type: 'longtask', buffered: true });
}

function isThere(xpath: string): boolean {
  return document.evaluate(`boolean(${xpath})`, document, null, XPathResult.BOOLEAN_TYPE).booleanValue;
}

/** When the frame with the last of these is drawn. */
function whenDrawn(steps: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let at = 0;
    const late = setTimeout(() => {
      observer.disconnect();
      reject(new Error(`never on screen: ${steps[at]}`));
    }, GIVE_UP_MS);
    const look = (): void => {
      for (let step = steps[at]; step !== undefined && isThere(step); step = steps[at]) at += 1;
      if (at < steps.length) return;
      observer.disconnect();
      clearTimeout(late);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
}

function whenPressed(key: string): Promise<number> {
  return new Promise((resolve) => {
    const take = (event: KeyboardEvent): void => {
      if (event.key !== key) return;
      window.removeEventListener('keydown', take, true);
      resolve(event.timeStamp);
    };
    window.addEventListener('keydown', take, true);
  });
}

async function timeKey({ key, then }: KeyAsk): Promise<number> {
  const pressed = await whenPressed(key);
  return (await whenDrawn(then)) - pressed;
}

function pulls(): PerformanceResourceTiming[] {
  const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return all.filter((it) => PULLS.test(it.name));
}

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function openStore(ending: string): Promise<IDBDatabase | null> {
  const all = await indexedDB.databases();
  const name = all.find((it) => it.name?.endsWith(ending))?.name;
  if (name === undefined) return null;
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function ask<T>(ending: string, question: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  const database = await openStore(ending);
  if (database === null) return null;
  const request = question(database.transaction('docs', 'readonly').objectStore('docs'));
  const answer = await new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  database.close();
  return answer;
}

const count = async (collection: string): Promise<number> =>
  (await ask(`--${collection}`, (store) => store.count())) ?? 0;

async function pulled(wanted: { cases: number; events: number }): Promise<{ ms: number; urls: string[] }> {
  const until = performance.now() + GIVE_UP_MS;
  let [cases, events] = [0, 0];
  while (performance.now() < until) {
    await rest(100);
    const lastAt = Math.max(lastWriteAt, ...pulls().map((it) => it.responseEnd));
    if (performance.now() - lastAt < QUIET_MS) continue;
    [cases, events] = [await count('cases'), await count('events')];
    if (cases !== wanted.cases || events !== wanted.events) continue;
    const startedAt = Math.min(...pulls().map((it) => it.startTime));
    return { ms: lastWriteAt - startedAt, urls: [...new Set(pulls().map((it) => it.name))] };
  }
  throw new Error(`${cases} of ${wanted.cases} cases and ${events} of ${wanted.events} events are here`);
}

watchWrites();
watchTasks();
const signIn = whenDrawn(['//input[@type="password"]']);
// Pages of other kinds never show it.
signIn.catch(() => undefined);

window.probe = {
  arm(it) {
    armed = timeKey(it);
  },
  taken: () => armed,
  signInAt: () => signIn,
  pulled,
  longestBlock: () => longestTask,
  async draftRow() {
    const keys = IDBKeyRange.bound('draft/', 'draft/\uffff');
    const rows = await ask<object[]>('--local', (store) => store.getAll(keys));
    if (rows?.[0] === undefined) throw new Error('no draft is kept');
    return rows[0];
  },
};
