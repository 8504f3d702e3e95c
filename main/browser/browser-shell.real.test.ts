import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StationOpening } from '../../renderer/app/open-station.ts';
import {
  central,
  json,
  knockOnWire,
  newFolder,
  openSession,
  port,
  send,
  start,
  swap,
  tokenOf,
} from './browser-shell.fixture.ts';
import { findBrowser } from './find-browser.mjs';

declare global {
  interface Window {
    opening: Promise<StationOpening>;
  }
}

const TEST_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic'];

describe('browser shell: who is heard', () => {
  test('only requests to its own name, from its own page', async () => {
    const run = start(await newFolder());
    await run.address();
    const own = `http://darcha.localhost:${port}`;
    const rows: [Record<string, string>, number][] = [
      [{}, 200],
      [{ origin: own, 'sec-fetch-site': 'same-origin' }, 200],
      [{ 'sec-fetch-site': 'none' }, 200],
      [{ host: `127.0.0.1:${port}` }, 421],
      [{ host: `localhost:${port}` }, 421],
      [{ host: 'darcha.localhost' }, 421],
      [{ host: `evil.example:${port}`, origin: `http://evil.example:${port}` }, 421],
      [{ origin: 'http://evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ origin: 'http://darcha.localhost' }, 403],
      [{ origin: `https://darcha.localhost:${port}` }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'same-site' }, 403],
    ];
    for (const path of ['/', '/central/v1/hello', '/session']) {
      for (const [headers, status] of rows) {
        if (path === '/' || status !== 200) {
          const it = await send({ path, headers });
          expect([path, headers, it.status]).toEqual([path, headers, status]);
        }
      }
    }
  });

  test('a boot token is good for one page, and nothing but a session opens the centre or the wire', async () => {
    const run = start(await newFolder());
    const boot = tokenOf(await run.address());
    const noJson = await send({ path: '/session', method: 'POST', body: JSON.stringify({ boot }) });
    const statuses = [noJson.status, (await swap('nonsense')).status];
    const first = await swap(boot);
    statuses.push(first.status, (await swap(boot, 'another page')).status);
    expect(statuses).toEqual([415, 401, 200, 401]);
    expect((await swap(boot)).body).toBe(first.body);
    await expect.poll(() => run.said(), { timeout: 30_000 }).toContain('boot-token-used-twice');

    const { session } = JSON.parse(first.body) as { session: string };
    const path = '/central/v1/hello';
    const own = { origin: `http://darcha.localhost:${port}` };
    expect([
      (await send({ path })).status,
      (await send({ path, headers: { 'darcha-session': boot } })).status,
      (await send({ path, headers: { 'darcha-session': session } })).status,
      await knockOnWire({}, { session }),
      await knockOnWire({ origin: 'http://evil.example' }, { session }),
      await knockOnWire(own, { session }, '/other'),
      await knockOnWire(own, { session: boot }),
      await knockOnWire(own, 'no json'),
      await knockOnWire(own, { session }),
    ]).toEqual([
      401,
      401,
      200,
      'status 403',
      'status 403',
      'status 403',
      'closed 4401',
      'closed 4401',
      '{"session":"ok"}',
    ]);
  });

  test('what the centre answers is data: no page of ours, no cookie, no word of the station', async () => {
    const run = start(await newFolder());
    const session = await openSession(run);
    const headers = { 'darcha-session': session, cookie: 'a=b', authorization: 'Bearer mine', ...json };
    const answer = await send({ path: '/central/v1/hello?y=1', method: 'POST', headers, body: '{}' });
    expect(answer).toMatchObject({ status: 200, body: '/v1/hello?y=1 2' });
    expect(answer.headers['set-cookie']).toBe(undefined);
    expect(answer.headers['darcha-station']).toBe(undefined);
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    const sent = central.heard.at(-1)?.headers ?? {};
    expect([sent.cookie, sent.authorization, sent['darcha-session'], sent.host]).toEqual([
      undefined,
      undefined,
      undefined,
      central.url.slice('http://'.length),
    ]);
    const outside = [
      '/central/admin',
      '/central/v1/../admin',
      '/central/v1/%2e%2e/admin',
      '/central//evil.example/v1/',
    ];
    for (const path of outside) expect((await send({ path, headers })).status).toBe(404);
  });

  test('pages come with their policy, and nothing from above their folder', async () => {
    const run = start(await newFolder());
    await run.address();
    const page = await send({ path: '/cases/17' });
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws://darcha.localhost:${port}; font-src 'self' data: blob:; img-src 'self' data: blob:; worker-src 'self' blob:; frame-src blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    const others = [
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'x-content-type-options',
      'referrer-policy',
    ];
    expect(others.map((it) => page.headers[it])).toEqual([
      'same-origin',
      'same-origin',
      'nosniff',
      'no-referrer',
    ]);
    const paths = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/..%5c..%5cpackage.json',
      '/%',
      '/none.js',
    ];
    const statuses = await Promise.all(paths.map(async (path) => (await send({ path })).status));
    expect(statuses).toEqual([403, 403, 403, 403, 403, 404]);
    expect((await send({ path: '/', method: 'DELETE' })).status).toBe(405);
  });
});

describe('browser shell: starting', () => {
  test('a port that is taken ends with 3, says who has it, and leaves the data alone', async () => {
    const run = start(await newFolder());
    await run.address();
    const data = await newFolder();
    const second = start(data);
    expect(await second.ended()).toBe(3);
    expect(second.said()).toContain(`port ${port} is held by node (process ${run.child.pid})`);
    await expect(stat(join(data, 'journal'))).rejects.toThrow('ENOENT');
  });

  test('a data folder that cannot be written ends with 4', async () => {
    const file = join(await newFolder(), 'file');
    await writeFile(file, 'x');
    const run = start(file);
    expect(await run.ended()).toBe(4);
    expect(run.said()).toContain(`the data folder ${file} cannot be written`);
    expect(await readFile(file, 'utf8')).toBe('x');
  });

  test('a command line that makes no sense ends with 2', async () => {
    const data = await newFolder();
    const wrong = [
      ['--central', 'ftp://x'],
      ['--port', '0'],
      ['--nonsense'],
      ['--show', 'all'],
      ['--desk', 'a'],
    ];
    for (const args of wrong) expect([args, await start(data, args).ended()]).toEqual([args, 2]);
  });

  test('without a browser it ends with 5 and says what to do', async () => {
    const given = start(await newFolder(), [], { DARCHA_BROWSER: '/none/chromium' });
    const none = start(await newFolder(), [], { DARCHA_BROWSER: '', PATH: await newFolder() });
    expect([await given.ended(), await none.ended()]).toEqual([5, 5]);
    expect(given.said()).toContain('DARCHA_BROWSER names /none/chromium');
    expect(none.said()).toContain('apt install chromium');
  });

  test('a browser that ends at once without a page ends it with 5', async () => {
    const run = start(await newFolder(), [], { DARCHA_BROWSER: '/bin/false' });
    expect(await run.ended()).toBe(5);
  });

  test('data of the other shell is left alone: it ends with 7 and says what to do', async () => {
    const data = await newFolder();
    await writeFile(join(data, 'shell.txt'), 'electron\n');
    const run = start(data);
    expect(await run.ended()).toBe(7);
    expect(run.said()).toMatch(/set up in the electron shell.*\n.*--data DIR/);
    await expect(stat(join(data, 'journal'))).rejects.toThrow('ENOENT');
  });

  test('a second start on the same data gives another way in, and ends with 0', async () => {
    const data = await newFolder();
    const run = start(data);
    const first = await run.address();
    const second = start(data);
    const address = await second.address();
    expect(await second.ended()).toBe(0);
    expect(address).not.toBe(first);
    expect([(await swap(tokenOf(first))).status, (await swap(tokenOf(address))).status]).toEqual([200, 200]);
  });

  test('a station that was killed leaves nothing in the way of the next', async () => {
    const data = await newFolder();
    const run = start(data);
    await run.address();
    run.child.kill('SIGKILL');
    await run.ended();
    await start(data).address();
    expect(await readFile(join(data, 'shell.txt'), 'utf8')).toBe('browser\n');
  });
});

describe('browser shell: its page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findBrowser().program ?? 'chromium',
      args: TEST_FLAGS,
    });
  });
  afterAll(() => browser?.close());

  const outcomeOf = (page: Page) => page.evaluate(async () => (await window.opening).outcome);

  test('comes in by the fragment, stays in over a reload, and keeps what it is given', async () => {
    const run = start(await newFolder());
    const page = await browser.newPage();
    await page.goto(await run.address());
    expect(await outcomeOf(page)).toBe('open');
    expect(new URL(page.url()).hash).toBe('');
    await page.reload();
    const seen = await page.evaluate(async () => {
      const opening = await window.opening;
      if (opening.outcome !== 'open') return null;
      const { station, fetchCentral } = opening;
      const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
      const saved = await station.call('journal.append', { payload: 'ўзбек' });
      const kept = await station.call('blobs.keep', null, bytes);
      const back = await station.call('blobs.read', { sha256: kept.outcome === 'kept' ? kept.sha256 : '' });
      const large = await station.call('blobs.keep', null, new Uint8Array(50 * 1024 * 1024));
      const central = await fetchCentral('/central/v1/push/events', { method: 'POST', body: bytes });
      const isSame = back.bytes?.every((it, at) => it === bytes[at]);
      return { saved, isSame, large, central: await central.text() };
    });
    expect(seen).toEqual({
      saved: { outcome: 'saved', n: 1 },
      isSame: true,
      large: { outcome: 'too-large', maxBytes: 20 * 1024 * 1024 },
      central: '/v1/push/events 300000',
    });
    await page.close();
  });

  test('is let in when it is reloaded before the answer to its boot token arrived', async () => {
    const run = start(await newFolder());
    const page = await browser.newPage();
    // The station gives a session away, and the page that asked never sees it.
    const given = new Promise<void>((resolve) => {
      void page.route('**/session', (route) => {
        const { boot, claim } = route.request().postDataJSON() as { boot: string; claim: string };
        void swap(boot, claim).then(() => resolve());
      });
    });
    await page.goto(await run.address());
    await given;
    await page.unroute('**/session');
    await page.reload();
    expect(await outcomeOf(page)).toBe('open');
    await page.close();
  });

  test('is told when the station was started again, and has no session', async () => {
    const data = await newFolder();
    const run = start(data);
    const page = await browser.newPage();
    await page.goto(await run.address());
    const closed = page.evaluate(async () => {
      const opening = await window.opening;
      if (opening.outcome === 'open') await new Promise<void>((resolve) => opening.station.onClose(resolve));
      return 'closed';
    });
    run.child.kill('SIGKILL');
    await run.ended();
    expect(await closed).toBe('closed');
    await start(data).address();
    await page.reload();
    expect(await outcomeOf(page)).toBe('no-session');
    await page.close();
  });
});

/** A browser that is still opening its first page may leave an attachment hanging: then once more. */
async function attach(endpoint: string, tries = 5): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(endpoint, { timeout: 6_000 });
  } catch (error) {
    if (tries === 1) throw error;
    return attach(endpoint, tries - 1);
  }
}

describe('browser shell: its window', () => {
  test('ends when the window is closed, and not while something waits', async () => {
    const flags = [...TEST_FLAGS, '--headless=new', '--remote-debugging-port=0'].join(' ');
    const data = await newFolder();
    const run = start(data, ['--show', 'app'], { DARCHA_BROWSER_ARGS: flags });
    const portFile = join(data, 'browser-profile', 'DevToolsActivePort');
    const openedPage = async (): Promise<{ browser: Browser; page: Page }> => {
      await expect.poll(() => readFile(portFile, 'utf8').catch(() => ''), { timeout: 30_000 }).toMatch(/\n/);
      const devtools = (await readFile(portFile, 'utf8')).split('\n')[0];
      const browser = await attach(`http://127.0.0.1:${devtools}`);
      await expect.poll(() => browser.contexts()[0]?.pages().length, { timeout: 30_000 }).toBeGreaterThan(0);
      const page = browser.contexts()[0]?.pages()[0] as Page;
      await page.waitForFunction(() => 'opening' in window);
      return { browser, page };
    };
    const wait = (page: Page, count: number) =>
      page.evaluate(async (it) => {
        const opening = await window.opening;
        if (opening.outcome !== 'open') return null;
        await opening.station.call('window.waiting', { count: it });
        return matchMedia('(display-mode: standalone)').matches ? 'window' : 'out of sight';
      }, count);

    const first = await openedPage();
    expect(await wait(first.page, 2)).toBe('window');
    await rm(portFile);
    await first.page
      .evaluate(async () => {
        const opening = await window.opening;
        if (opening.outcome === 'open') await opening.station.call('window.close', null);
      })
      .catch(() => undefined);

    const background = await openedPage();
    expect(run.child.exitCode).toBe(null);
    expect(await wait(background.page, 1)).toBe('out of sight');
    await rm(portFile);

    // Somebody starts it again meanwhile: the window is back, and the page that nobody sees is gone.
    const second = start(data, ['--show', 'app'], { DARCHA_BROWSER_ARGS: flags });
    expect(await second.ended()).toBe(0);
    const again = await openedPage();
    expect(await wait(again.page, 0)).toBe('window');
    await again.browser.close().catch(() => undefined);
    run.child.kill('SIGTERM');
    expect(await run.ended()).toBe(0);
  });
});
