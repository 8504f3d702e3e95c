import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { central, newFolder, openSession, port, start, tokenOf } from './browser-shell.fixture.ts';
import { findBrowser } from './find-browser.mjs';

/** A page of somebody else's in another browser on the same computer, and what it tries. */
let browser: Browser;
let evil: Server;
let evilPort: number;

beforeAll(async () => {
  evil = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>evil</title>'),
  ).listen(0, '127.0.0.1');
  await once(evil, 'listening');
  evilPort = (evil.address() as AddressInfo).port;
  browser = await chromium.launch({
    executablePath: findBrowser().program ?? 'chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic'],
      // The attacker's name server: first the attacker's own address, then this computer's.
      '--host-resolver-rules=MAP rebound.example 127.0.0.1',
      // The browser's own help against such pages is not what is tried here.
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessChecks',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  evil?.close();
});

/** What the station answered this page, as the browser heard it. */
function listen(page: Page): { path: string; status: number }[] {
  const heard: { path: string; status: number }[] = [];
  page.on('response', (it) => {
    const url = new URL(it.url());
    if (url.port === String(port)) heard.push({ path: url.pathname, status: it.status() });
  });
  return heard;
}

// `darcha.localhost` is a site of its own; a neighbour of its name comes as near as one can.
test.each(['127.0.0.1', 'localhost', 'evil.darcha.localhost'])(
  'a page of %s gets nothing of a desk',
  async (host) => {
    const run = start(await newFolder());
    const boot = tokenOf(await run.address());
    const session = await openSession(run);
    const before = central.heard.length;
    const page = await browser.newPage();
    const heard = listen(page);
    await page.goto(`http://${host}:${evilPort}/`);
    const seen = await page.evaluate(tryEverything, { at: `darcha.localhost:${port}`, boot, session });
    await expect.poll(() => heard.filter((it) => it.path === '/session').length, { timeout: 15_000 }).toBe(2);
    await page.close();

    expect(seen).toEqual({ read: [], wire: 'refused', framed: 'unread', script: 'refused' });
    expect(heard.filter((it) => it.status !== 403)).toEqual([]);
    expect(heard.length).toBeGreaterThanOrEqual(5);
    expect(central.heard.length).toBe(before);
  },
);

/** In the page: everything a page can ask of another place, with secrets it should not even have. */
async function tryEverything({ at, boot, session }: { at: string; boot: string; session: string }) {
  const read: string[] = [];
  const take = (what: string, url: string, init: RequestInit = {}) =>
    fetch(`http://${at}${url}`, init).then(
      async (it) => it.type !== 'opaque' && (await it.text()) !== '' && read.push(what),
      () => undefined,
    );
  const body = JSON.stringify({ boot, claim: 'evil' });
  await take('page', '/');
  await take('page unread', '/', { mode: 'no-cors' });
  await take('session', '/session', { method: 'POST', body, mode: 'no-cors' });
  await take('centre', '/central/v1/hello', { headers: { 'darcha-session': session } });
  await take('centre unread', '/central/v1/hello', { method: 'POST', body: '{}', mode: 'no-cors' });
  const wire = await new Promise<string>((resolve) => {
    const socket = new WebSocket(`ws://${at}/wire`);
    socket.onopen = () => socket.send(JSON.stringify({ session }));
    socket.onmessage = () => resolve('open');
    socket.onclose = () => resolve('refused');
  });
  const load = (element: HTMLElement, where: Record<string, string>) =>
    new Promise<string>((resolve) => {
      element.onload = () => resolve('loaded');
      element.onerror = () => resolve('refused');
      document.body.append(Object.assign(element, where));
    });
  const script = await load(document.createElement('script'), { src: `http://${at}/page.js` });
  const frame = document.createElement('iframe');
  await load(frame, { src: `http://${at}/` });
  let framed = 'unread';
  try {
    if (frame.contentDocument?.title !== undefined) framed = 'read';
  } catch {
    framed = 'unread';
  }
  const target = document.createElement('iframe');
  target.name = 'target';
  const form = Object.assign(document.createElement('form'), {
    method: 'post',
    enctype: 'text/plain',
    action: `http://${at}/session`,
    target: 'target',
  });
  const field = Object.assign(document.createElement('input'), { name: body.slice(0, -1), value: '}' });
  form.append(field);
  document.body.append(target, form);
  form.submit();
  return { read, wire, framed, script };
}

test('a name of the attacker’s that leads to this computer leads nowhere', async () => {
  const run = start(await newFolder());
  await run.address();
  const page = await browser.newPage();
  const answer = await page.goto(`http://rebound.example:${port}/`);
  const seen = await page.evaluate(async () => {
    const fetched = await fetch('/central/v1/hello', { headers: { 'darcha-session': 'x' } });
    const wire = await new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://${location.host}/wire`);
      socket.onopen = () => resolve('open');
      socket.onclose = () => resolve('refused');
    });
    return { status: fetched.status, wire, text: document.body.textContent };
  });
  await page.close();

  expect([answer?.status(), seen]).toEqual([421, { status: 421, wire: 'refused', text: '421\n' }]);
});
