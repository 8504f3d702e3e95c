import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { createCentralForward } from '#station/central-forward';
import { openSnapshotFiles } from '#station/snapshot-files';
import { testSealer } from '../../main/station/sealer.fixture.ts';
import { mountImageDisk } from '../../tests/faults/parts/image-disk.ts';
import {
  ask,
  createEventMaker,
  enrol,
  openTestCentral,
  type TestCentral,
} from '../server/central.fixture.ts';
import { renewEpoch } from '../server/store/restored.ts';

const CHROMIUM = process.env.DARCHA_CHROMIUM ?? '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
const dir = mkdtempSync(join(tmpdir(), 'darcha-packed-'));

let central: TestCentral;
let desk: EnrolAnswer;
let other: EnrolAnswer;
let server: Server;
let browser: Browser;
let page: Page;
let make: ReturnType<typeof createEventMaker>;

beforeAll(async () => {
  if (!hasChromium) return;
  central = await openTestCentral({ snapshotRows: 100 });
  [desk, other] = [await enrol(central, 13, 'One'), await enrol(central, 13, 'Two')];
  make = createEventMaker(other.device);
  for (let round = 0; round < 8; round += 1) await push(toCases(round));
  const url = await central.listen();
  const forward = createCentralForward(url, () => desk.token);
  const files = openSnapshotFiles(forward, join(dir, 'station'), testSealer);
  await buildPage();
  server = createServer((request, response) => {
    answer(files.forward, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await page.waitForFunction(() => 'page' in globalThis);
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await central?.close();
  rmSync(dir, { recursive: true, force: true });
});

let sent = 0;
async function push(events: object[]): Promise<void> {
  const { value: epoch } = (
    await central.sql.query<{ value: string }>(`select value from meta where name = 'epoch'`)
  )[0] as { value: string };
  const body = { device: other.device, epoch, from: sent + 1, events };
  const { status } = await ask(central, other.token, { url: '/v1/push/events', body });
  expect(status).toBe(200);
  sent += events.length;
}

function toCases(round: number): object[] {
  return Array.from({ length: 100 }, (_, index) => {
    const id = `case-${round}-${index}`;
    return [make.open(id), make.note(id, `кўрилди ${index} 🙂 | __proto ${'x'.repeat(index)}`)];
  }).flat();
}

async function buildPage(): Promise<void> {
  const root = fileURLToPath(new URL('.', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(dir, 'page'),
      emptyOutDir: true,
      minify: false,
      lib: { entry: join(root, 'snapshot-page.fixture.ts'), formats: ['es'], fileName: () => 'page.js' },
    },
  });
}

async function answer(
  forward: ReturnType<typeof createCentralForward>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? '/';
  if (path.startsWith('/central/')) {
    const { method = 'GET' } = request;
    const body = method === 'POST' ? request : null;
    const { signal } = new AbortController();
    const headers = request.headers as Record<string, string>;
    const it = await forward({ method, path: path.slice('/central'.length), headers, body, signal });
    response.writeHead(it.status, it.headers);
    await pipeline(Readable.from(it.body, { objectMode: false }), response);
    return;
  }
  const isScript = path === '/page.js';
  response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
  response.end(
    isScript
      ? readFileSync(join(dir, 'page', 'page.js'))
      : '<!doctype html><title>packed</title><script type="module" src="/page.js"></script>',
  );
}

type Synced = {
  phase: string;
  failure: unknown;
  total: number;
  shown: number;
  found: number;
  asked: string[];
  digest: { rows: number; hash: string; chain: string };
};

function run<T>(name: string, given: unknown, on = page): Promise<T> {
  return on.evaluate(
    ([it, ask]) => {
      const { page: ours } = globalThis as never as {
        page: Record<string, (ask: unknown) => Promise<unknown>>;
      };
      return ours[it as string]?.(ask);
    },
    [name, given] as const,
  ) as Promise<T>;
}

const sync = (name: string): Promise<Synced> => run('sync', name);
const open = (name: string, packed: boolean) => run('open', { name, device: desk.device, packed });
/** Another window of the same browser. */
async function openWindow(): Promise<Page> {
  const it = await page.context().newPage();
  await it.goto(page.url());
  await it.waitForFunction(() => 'page' in globalThis);
  return it;
}

const packs = (it: Synced): string[] => it.asked.filter((asked) => asked.includes('snapshots'));

test.skipIf(!hasChromium)(
  'a first sync from what is packed is the same as one by pages, and goes on the same',
  async () => {
    await open('packed', true);
    await open('paged', false);
    const first = [await sync('packed'), await sync('paged')] as const;
    const { chain } = (
      await central.sql.query<{ chain: string }>(
        `select chain from stream where coll = 'events' and centre_id = 13`,
      )
    )[0] as { chain: string };
    expect(first[0].digest).toEqual(first[1].digest);
    expect([first[0].failure, first[0].total, first[0].digest.chain]).toEqual([null, 800, chain]);
    expect([first[0].shown, first[0].found]).toEqual([first[1].shown, first[1].found]);
    expect([packs(first[0]), packs(first[1])]).toEqual([
      ['events', 'cases'].flatMap((it) => [
        `GET /central/v1/snapshots/${it}`,
        `GET /central/v1/snapshots/${it}/*`,
        `DELETE /central/v1/snapshots/${it}/*`,
      ]),
      [],
    ]);

    // What was filled is changed by pages, twice, and over a restart of the window's database.
    await push([make.note('case-0-0', 'a'), make.note('case-7-99', 'b'), make.open('case-new')]);
    const second = [await sync('packed'), await sync('paged')] as const;
    await run('close', 'packed');
    await open('packed', true);
    await push([make.note('case-0-0', 'c'), make.set('case-new', 'form.childName', 'Vali', 'Aziza')]);
    const third = [await sync('packed'), await sync('paged')] as const;
    expect(second[0].digest).toEqual(second[1].digest);
    expect(third[0].digest).toEqual(third[1].digest);
    expect([second[0].total, third[0].total, packs(second[0]), packs(third[0])]).toEqual([801, 801, [], []]);
  },
);

test.skipIf(!hasChromium)('a first sync that breaks off in the middle of a table ends the same', async () => {
  await run(
    'cut',
    [200_000, 100, 150_000].map((after) => ({ after, how: 'breaks' })),
  );
  await open('cut', true);
  const tries: Synced[] = [];
  while (tries.at(-1)?.phase !== 'idle' && tries.length < 6) tries.push(await sync('cut'));
  const paged = await sync('paged');

  expect(tries.map((it) => it.failure)).toEqual([
    ...Array(3).fill({ outcome: 'offline', reason: 'cut' }),
    null,
  ]);
  expect(tries.at(-1)?.digest).toEqual(paged.digest);
  expect(tries.at(-1)?.total).toBe(paged.total);
});

test.skipIf(!hasChromium)(
  'a window that goes while a table is filled leaves nothing that counts',
  async () => {
    // No more than four at a time in one window: the free edition has sixteen tables.
    await run('close', 'cut');
    const dying = await openWindow();
    await run('cut', [{ after: 700_000, how: 'hangs' }], dying);
    await run('open', { name: 'gone', device: desk.device, packed: true }, dying);
    const left = await run<number>('begin', 'gone', dying);
    await dying.close();
    await open('gone', true);
    const [whole, paged] = [await sync('gone'), await sync('paged')] as const;

    expect(left).toBeLessThan(1_600);
    expect([whole.failure, whole.digest, whole.total]).toEqual([null, paged.digest, paged.total]);
    // All of it again, of both tables.
    expect(packs(whole).length).toBe(6);
  },
);

test.skipIf(!hasChromium)('after a restore of the centre the copies come packed again', async () => {
  await renewEpoch(central.sql, Date.now());
  const after = [await sync('packed'), await sync('paged')] as const;

  expect([after[0].failure, after[0].digest]).toEqual([null, after[1].digest]);
  expect(packs(after[0]).filter((it) => it.startsWith('DELETE')).length).toBe(2);
});

test.skipIf(!hasChromium)(
  'a plug that is pulled while tables are filled, or as they are whole, leaves no row out',
  async (context) => {
    const mounted = await mountImageDisk(256);
    if (mounted.outcome === 'none') return context.skip(mounted.reason);
    const { disk } = mounted;
    const openThere = async () => {
      const browserOnDisk = await chromium.launchPersistentContext(join(disk.folder, 'profile'), {
        executablePath: CHROMIUM,
        args: ['--no-sandbox', '--disable-gpu'],
      });
      const there = browserOnDisk.pages()[0] ?? (await browserOnDisk.newPage());
      await there.goto(page.url());
      await there.waitForFunction(() => 'page' in globalThis);
      await run('open', { name: 'plug', device: desk.device, packed: true }, there);
      return { browserOnDisk, there };
    };
    try {
      const first = await openThere();
      expect(await run<number>('begin', 'plug', first.there)).toBeGreaterThan(0);
      await disk.cutPower(() => first.browserOnDisk.close());
      const second = await openThere();
      const whole = await run<Synced>('sync', 'plug', second.there);
      // At once: nothing but what was written strictly is sure to be on the disk.
      await disk.cutPower(() => second.browserOnDisk.close());
      const third = await openThere();
      const after = await run<Synced>('sync', 'plug', third.there);
      await third.browserOnDisk.close();

      const paged = await sync('paged');
      expect([whole.failure, whole.digest, packs(whole).length > 0]).toEqual([null, paged.digest, true]);
      expect([after.failure, after.digest, packs(after)]).toEqual([null, paged.digest, []]);
    } finally {
      await disk.remove();
    }
  },
);
