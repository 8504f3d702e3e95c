import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryCentral, createMemoryDisk } from './memory-central.fixture.ts';

const CHROMIUM = process.env.DARCHA_CHROMIUM ?? '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
const dir = mkdtempSync(join(tmpdir(), 'darcha-replica-'));
const disk = createMemoryDisk();
const central = createMemoryCentral({ pageDocs: 200 });
const noted: { kind: string; id: string }[] = [];
let server: Server;
let origin = '';

beforeAll(async () => {
  if (!hasChromium) return;
  const root = fileURLToPath(new URL('.', import.meta.url));
  const entry = join(root, 'chromium-page.fixture.ts');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(dir, 'page'),
      emptyOutDir: true,
      minify: false,
      lib: { entry, formats: ['es'], fileName: () => 'page.js' },
    },
  });
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  const url = new URL(request.url ?? '/', origin);
  const json = (body: unknown, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (url.pathname === '/page.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    response.end(readFileSync(join(dir, 'page', 'page.js')));
  } else if (url.pathname.startsWith('/station/')) {
    json(await station(url.pathname.slice(9), JSON.parse(text)));
  } else if (url.pathname.startsWith('/central/v1/')) {
    const answered = await askCentral(url, text);
    if (answered.outcome === 'ok') json(answered.answer);
    else json({ error: answered.outcome === 'refused' ? answered.code : 'internal' }, 500);
  } else {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>replica</title><script type="module" src="/page.js"></script>');
  }
}

async function station(name: string, ask: unknown): Promise<unknown> {
  const it = ask as {
    payload: string;
    from: number;
    maxBytes: number;
    upTo: number;
    n: number;
    name: string;
  };
  switch (name) {
    case 'append':
      return disk.journal.append(it.payload);
    case 'read':
      return disk.journal.read(it.from, it.maxBytes);
    case 'acknowledge':
      return (await disk.journal.acknowledge(it.upTo)) ?? null;
    case 'goOnAfter':
      return (await disk.journal.goOnAfter(it.n)) ?? null;
    case 'count':
      return disk.nextCount(it.name);
    case 'note':
      noted.push(ask as { kind: string; id: string });
      return null;
    default:
      return disk.journal.state();
  }
}

function askCentral(url: URL, text: string) {
  const device = central.forDevice('desk-1');
  const { signal } = new AbortController();
  const [, name, collection] = url.pathname.slice('/central/'.length).split('/');
  if (name === 'hello') return device.hello(JSON.parse(text), signal);
  if (name === 'push') return device.push(JSON.parse(text), signal);
  // It packs nothing.
  if (name !== 'pull') return { outcome: 'refused', code: 'not-found' } as const;
  const since = Number(url.searchParams.get('since'));
  const full = url.searchParams.has('full');
  return device.pull({ collection: collection as never, since, bytes: 0, full }, signal);
}

/** Chromium by its own process, so that it can be killed like a power cut kills it. */
async function launch(): Promise<{ child: ChildProcess; browser: Browser; page: Page }> {
  const profile = join(dir, 'profile');
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const child = spawn(
    CHROMIUM,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--user-data-dir=${profile}`,
      `--remote-debugging-port=${port}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const endpoint = await new Promise<string>((resolve, reject) => {
    let heard = '';
    child.stderr?.on('data', (it) => {
      heard += String(it);
      const found = /ws:\/\/\S+/.exec(heard);
      if (found) resolve(found[0]);
    });
    child.on('exit', () => reject(new Error(heard)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  const page = await (browser.contexts()[0] ?? (await browser.newContext())).newPage();
  await page.goto(origin);
  await page.waitForFunction(() => 'page' in globalThis);
  await page.evaluate(async () => {
    const it = globalThis as never as { page: { open(): Promise<unknown> }; replica: unknown };
    it.replica = await it.page.open();
  });
  return { child, browser, page };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  // The whole group: its renderers and its storage process die in the same moment.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await gone;
}

function run<T>(page: Page, name: string, ask?: unknown): Promise<T> {
  return page.evaluate(
    ([it, given]) => {
      const { replica } = globalThis as never as {
        replica: Record<string, (ask: unknown) => Promise<unknown>>;
      };
      return replica[it as string]?.(given);
    },
    [name, ask] as const,
  ) as Promise<T>;
}

test.skipIf(!hasChromium)(
  'what was acknowledged is there after the browser is killed, three times over',
  async () => {
    for (const wanted of [20, 60, 120]) {
      const { child, page } = await launch();
      void run(page, 'work').catch(() => undefined);
      while (noted.length < wanted) await new Promise((resolve) => setTimeout(resolve, 5));
      await kill(child);
      // What was on its way when the power went may or may not have been told.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const idsOf = (kind: string) => noted.filter((it) => it.kind === kind).map((it) => it.id);
    const { child, page } = await launch();
    const look = await run<{
      drafts: string[];
      cases: { id: string; phone: string | null; isThere: boolean }[];
    }>(page, 'look', idsOf('case'));

    expect(idsOf('draft').filter((id) => !look.drafts.includes(id))).toEqual([]);
    expect(look.cases.filter((it) => !it.isThere)).toEqual([]);
    const withPhone = look.cases.filter((it) => it.phone !== null).map((it) => it.id);
    expect(idsOf('event').filter((id) => !withPhone.includes(id))).toEqual([]);
    expect(idsOf('case').filter((id) => look.drafts.includes(id))).toEqual([]);

    const status = await run<{ phase: string; waiting: { events: number } }>(page, 'sync');
    expect([status.phase, status.waiting.events]).toEqual(['idle', 0]);
    const opened = central.events.filter((it) => it.type === 'case.opened').map((it) => it.caseId);
    expect(idsOf('case').filter((id) => !opened.includes(id))).toEqual([]);
    expect(new Set(central.events.map((it) => it.n)).size).toBe(disk.records.length);

    const times = await run<number[]>(page, 'measure', 200);
    const list = await run<{ total: number; shown: number; ms: number }>(page, 'list');
    const report = { p50: times[100], p95: times[190], list };
    if (process.env.DARCHA_REPORT) writeFileSync(process.env.DARCHA_REPORT, JSON.stringify(report));
    expect(list.total).toBe(opened.length + 1);
    await kill(child);
  },
);
