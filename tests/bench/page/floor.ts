import { Dexie, type Table } from 'dexie';

/** The same work done the barest way that keeps what it was given: `fetch`, `JSON.parse`, Dexie, strict. */
export type Floor = {
  /** Fetches and parses each page or packed stream, then stores its documents, before it asks for the next. */
  pull(urls: readonly string[]): Promise<{ ms: number; transferMs: number }>;
  /** Lays the cases that came last out for the list, under one index. */
  fillList(): Promise<number>;
  /** The first 50 open cases by deadline. */
  list(): Promise<number>;
  put(row: object): Promise<number>;
  /** From the start of the page to the frame with the first 50 cases. */
  listAt(): Promise<number>;
};

declare global {
  interface Window {
    floor: Floor;
  }
}

type Doc = Record<string, unknown>;
type Page = { docs: (Doc & { doc?: Doc })[] };

const SHOWN = 50;
let cases: Doc[] = [];

function open(name: string, stores: Record<string, string>): Dexie {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' });
  database.version(1).stores(stores);
  return database;
}

const listed = open('list', { cases: 'id, [shelf+dueAt]' });
const kept = open('kept', { rows: 'id' });

async function pull(urls: readonly string[]): Promise<{ ms: number; transferMs: number }> {
  const database = open(`pull-${crypto.randomUUID()}`, { events: 'seq', cases: 'id', catalogue: '++' });
  await database.open();
  cases = [];
  const startedAt = performance.now();
  let transferMs = 0;
  for (const url of urls) {
    const askedAt = performance.now();
    const response = await fetch(url, { headers: { 'darcha-protocol': '1' }, cache: 'no-store' });
    const page = toPage(await response.text());
    transferMs += performance.now() - askedAt;
    const docs = page.docs.map((it) => it.doc ?? it);
    await tableFor(database, url).bulkPut(docs);
    if (url.includes('/cases')) cases = [...cases, ...docs];
  }
  const ms = performance.now() - startedAt;
  await database.delete();
  return { ms, transferMs };
}

/** A page, or the lines of what was packed. */
function toPage(text: string): Page {
  if (text.startsWith('{"epoch"')) return JSON.parse(text) as Page;
  return { docs: JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as Page['docs'] };
}

function tableFor(database: Dexie, url: string): Table {
  const collection = ['events', 'cases'].find((it) => new RegExp(`/(pull|snapshots)/${it}`).test(url));
  return database.table(collection ?? 'catalogue');
}

function readList(): Promise<Doc[]> {
  return listed
    .table<Doc>('cases')
    .where('[shelf+dueAt]')
    .between(['open', Dexie.minKey], ['open', Dexie.maxKey])
    .limit(SHOWN)
    .toArray();
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function showList(): Promise<number> {
  const rows = await readList();
  const list = document.createElement('ol');
  list.append(
    ...rows.map((it) => {
      const item = document.createElement('li');
      item.textContent = `${it.number} ${it.serviceCode} ${it.status}`;
      return item;
    }),
  );
  document.body.append(list);
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  });
}

const shown = location.pathname === '/list' ? showList() : null;

window.floor = {
  pull,
  fillList: () =>
    time(() =>
      listed
        .table('cases')
        .bulkPut(cases.map((it) => ({ ...it, shelf: it.open === true ? 'open' : 'closed' }))),
    ),
  list: () => time(readList),
  put: (row) => time(() => kept.table('rows').put(row)),
  listAt: () => shown ?? Promise.reject(new Error('this page shows no list')),
};
