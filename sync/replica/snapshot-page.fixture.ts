import { nextChain, toCanonicalJson } from '#protocol/chain';
import { encodeBase64 } from './check-page.ts';
import { createHttpCentral } from './http-central.ts';
import { createMemoryDisk } from './memory-central.fixture.ts';
import { openReplica } from './open-replica.ts';
import { readList, syncOnce } from './replica.fixture.ts';
import type { Replica } from './replica.ts';
import { plainForm } from './stored-row.ts';

type Ask = { name: string; device: string; packed: boolean };

/** After so many characters of each packed stream in turn the line between window and station breaks, or is silent. */
const cuts: { after: number; how: 'breaks' | 'hangs' }[] = [];
const asked: string[] = [];

const breakable: typeof fetch = async (input, init) => {
  asked.push(`${init?.method ?? 'GET'} ${String(input).replace(/[0-9a-f]{64}/, '*')}`);
  const response = await fetch(input, init);
  const isLines = response.headers.get('content-type') === 'application/x-ndjson';
  const cut = isLines ? cuts.shift() : undefined;
  if (cut === undefined) return response;
  let left = cut.after;
  const broken = new TransformStream<Uint8Array, Uint8Array>({
    async transform(bytes, to) {
      left -= bytes.length;
      if (left < 0 && cut.how === 'hangs') await new Promise(() => undefined);
      if (left < 0) to.error(new TypeError('cut'));
      else to.enqueue(bytes);
    },
  });
  return new Response(response.body?.pipeThrough(broken), { headers: response.headers });
};

async function open({ name, device, packed }: Ask): Promise<Replica> {
  const disk = createMemoryDisk();
  const { snapshots, ...pages } = createHttpCentral({ fetch: breakable, baseUrl: '/central', now: Date.now });
  return openReplica({
    name,
    identity: { device, centreId: 13, desk: device, deskNumber: 3 },
    ports: {
      journal: disk.journal,
      files: disk.files,
      nextCount: disk.nextCount,
      central: packed && snapshots !== undefined ? { ...pages, snapshots } : pages,
      now: Date.now,
      random: Math.random,
    },
    appVersion: '1',
  });
}

async function readStore(name: string): Promise<Record<string, unknown>[]> {
  const request = indexedDB.open(name);
  await new Promise((resolve) => request.addEventListener('success', resolve));
  const rows = request.result.transaction('docs').objectStore('docs').getAll();
  await new Promise((resolve) => rows.addEventListener('success', resolve));
  request.result.close();
  return rows.result;
}

/** All that the tables hold of the centre, but for RxDB's own notes; and the chain over the events. */
async function digest(name: string): Promise<{ rows: number; hash: string; chain: string }> {
  const tables = [];
  for (const table of ['events--1', 'cases--1', 'catalogue--0']) {
    const [collection, version] = table.split('--');
    const rows = await readStore(`rxdb-dexie-${name}--${version}--${collection}`);
    tables.push(rows.map(({ _meta, _rev, _attachments, ...row }) => plainForm.toWhole(row)));
  }
  const events = (tables[0] ?? []) as { event: object }[];
  const chain = events.reduce<Uint8Array>((it, { event }) => nextChain(it, event as never), new Uint8Array());
  const bytes = new TextEncoder().encode(toCanonicalJson(tables));
  const hash = encodeBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return { rows: tables.flat().length, hash, chain: encodeBase64(chain) };
}

const opened = new Map<string, Replica>();

const page = {
  cut: (all: typeof cuts) => cuts.push(...all),
  open: async (ask: Ask) => void opened.set(ask.name, await open(ask)),
  async close(name: string) {
    await opened.get(name)?.close();
    opened.delete(name);
  },
  /** A round that is not waited for; how many events there are in the end of what it does. */
  async begin(name: string): Promise<number> {
    const replica = opened.get(name);
    if (replica === undefined) throw new Error(`${name} is not open`);
    replica.sync.start();
    for (;;) {
      const { length } = await readStore(`rxdb-dexie-${name}--1--events`);
      if (length > 0) return length;
    }
  },
  /** One round, and what there is then. */
  async sync(name: string) {
    const replica = opened.get(name);
    if (replica === undefined) throw new Error(`${name} is not open`);
    asked.length = 0;
    const status = await syncOnce(replica);
    const list = await readList(replica);
    const found = await replica.findCases('Karimova');
    return {
      phase: status.phase,
      failure: status.trouble?.failure ?? null,
      total: list.total,
      shown: list.rows.length,
      found: found.length,
      asked: [...asked],
      digest: await digest(name),
    };
  },
};
Object.assign(globalThis, { page });
