import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedElectron } from '../../build/run/find-electron.mjs';
import { runProgram } from '../../build/run/run-program.mjs';
import type { StationOpening } from '../../renderer/app/open-station.ts';
import { buildShells } from '../../tests/shells/build-shells.ts';
import { openFakeCentral } from '../../tests/shells/fake-central.ts';

declare global {
  interface Window {
    opening: Promise<StationOpening>;
  }
}

const real = installedElectron();
const isReal = real !== null;
const standIn = fileURLToPath(new URL('../../tests/electron-stand-in/electron', import.meta.url));
const REAL_ONLY = ['the renderer process is sandboxed by the operating system', 'the scheme is the real one'];

let shells: Awaited<ReturnType<typeof buildShells>>;
let central: Awaited<ReturnType<typeof openFakeCentral>>;
let data: string;
let electron: ElectronApplication;
let page: Page;

const argsFor = (folder: string): string[] => [
  ...(isReal && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  shells.folder,
  ...['--data', folder, '--central', central.url, '--desk', 'desk-1', '--code', 'CODE'],
];

async function launch(): Promise<void> {
  electron = await _electron.launch({
    executablePath: real ?? standIn,
    args: argsFor(data),
    cwd: shells.folder,
  });
  page = await electron.firstWindow();
  await page.waitForFunction(() => 'opening' in window);
}

beforeAll(async () => {
  process.stdout.write(
    isReal
      ? 'electron: real binary\n'
      : `electron: stand-in (real binary absent), real-only checks skipped: ${REAL_ONLY.length}\n`,
  );
  shells = await buildShells(['electron', 'preload']);
  data = await mkdtemp(join(tmpdir(), 'darcha-electron-'));
  central = await openFakeCentral(({ method, url, body, headers }) => {
    const said = {
      method,
      url,
      length: body.length,
      sum: body.reduce((a, b) => a + b, 0),
      auth: headers.authorization,
    };
    const desk = { device: 'd1', centreId: 13, desk: 'desk-1', deskNumber: 1, demo: true };
    const enrolled = { ...desk, token: 't'.repeat(40), expiresInSeconds: 3_600 };
    const answer = url === '/v1/enrol' ? enrolled : said;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
  });
  await launch();
});

afterAll(async () => {
  await electron?.close();
  await central?.close();
  await shells?.remove();
  await rm(data, { recursive: true, force: true });
});

describe('electron shell', () => {
  test('shows the page on its fixed origin, as a secure context, with nothing of Node in reach', async () => {
    const seen = await page.evaluate(() => ({
      isSecure: isSecureContext,
      names: [
        'require',
        'process',
        'module',
        'ipcRenderer',
        'electron',
        '__ipc',
        '__ipcIn',
        'station',
      ].filter((it) => it in window),
      agent: typeof indexedDB,
    }));
    expect(seen).toEqual({ isSecure: true, names: [], agent: 'object' });
  });

  test('gives the page a port to the station, over which records and files come and go whole', async () => {
    const seen = await page.evaluate(async () => {
      const opening = await window.opening;
      if (opening.outcome !== 'open') return opening;
      const { station } = opening;
      const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 251);
      const info = await station.call('station.info', null);
      const saved = await station.call('journal.append', { payload: 'ўзбек ქართული' });
      const read = await station.call('journal.read', { from: 1, maxBytes: 1_000 });
      const kept = await station.call('blobs.keep', null, bytes);
      if (kept.outcome !== 'kept') return kept;
      const back = await station.call('blobs.read', { sha256: kept.sha256 });
      const isSame = back.bytes?.length === bytes.length && bytes.every((it, at) => back.bytes?.[at] === it);
      return { shell: info.shell, enrolment: info.enrolment, saved, read, bytes: kept.bytes, isSame };
    });
    expect(seen).toEqual({
      shell: 'electron',
      enrolment: { desk: 'desk-1', code: 'CODE' },
      saved: { outcome: 'saved', n: 1 },
      read: { records: [{ n: 1, payload: 'ўзбек ქართული' }] },
      bytes: 70_000,
      isSame: true,
    });
  });

  test('streams over the port, and a stream that is left is ended', async () => {
    const seen = await page.evaluate(async () => {
      const opening = await window.opening;
      if (opening.outcome !== 'open') return null;
      for await (const devices of opening.station.stream('devices.watch', null)) return devices;
      return null;
    });
    expect(seen).toEqual([]);
  });

  test('gives a reloaded page a port of its own', async () => {
    await page.reload();
    await page.waitForFunction(() => 'opening' in window);
    const state = await page.evaluate(async () => {
      const opening = await window.opening;
      return opening.outcome === 'open' ? opening.station.call('journal.state', null) : null;
    });
    expect(state).toMatchObject({ first: 1, last: 1, repairs: [] });
  });

  test('passes requests on to the centre with the token that the page never sees, bodies as bytes', async () => {
    const seen = await page.evaluate(async () => {
      const opening = await window.opening;
      if (opening.outcome !== 'open') return null;
      const enrolled = await opening.station.call('identity.enrol', { desk: 'desk-1', code: 'CODE-1' });
      await opening.station.call('journal.append', { payload: 'of this desk' });
      const body = Uint8Array.from({ length: 256 }, (_, at) => at);
      const response = await opening.fetchCentral('/central/v1/push/events?x=1', { method: 'POST', body });
      const outside = await opening.fetchCentral('/central/v2/push');
      const read = JSON.stringify(await opening.station.call('identity.read', null));
      return {
        answer: await response.json(),
        outside: outside.status,
        enrolled: enrolled.outcome,
        hasToken: read.includes('ttt'),
      };
    });
    const answer = {
      method: 'POST',
      url: '/v1/push/events?x=1',
      length: 256,
      sum: 32_640,
      auth: `Bearer ${'t'.repeat(40)}`,
    };
    expect(seen).toEqual({ answer, outside: 404, enrolled: 'enrolled', hasToken: false });
    expect(central.heard.at(-1)?.headers.cookie).toBe(undefined);
  });

  test('stays on its page, whatever the page is told', async () => {
    const before = page.url();
    await page.evaluate(() => {
      location.href = 'https://evil.example/';
    });
    await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
    expect(page.url()).toBe(before);
  });

  test('opens no window', async () => {
    // Electron answers null at once; the stand-in closes what Chromium has opened. An empty
    // one, as the page's opener policy makes any other look closed.
    await page.evaluate(() => {
      Object.assign(window, { opened: window.open('about:blank') });
    });
    const isClosed = () => page.evaluate(() => (window as { opened?: Window | null }).opened?.closed ?? true);
    await expect.poll(isClosed, { timeout: 5_000 }).toBe(true);
    const count = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(count).toBe(1);
  });

  test('its policy stops images, code from text and inline code', async () => {
    const seen = await page.evaluate(async () => {
      const violated: string[] = [];
      document.addEventListener('securitypolicyviolation', (it) => violated.push(it.effectiveDirective));
      const image = document.createElement('img');
      image.src = 'https://evil.example/x.png';
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.body.append(image, script);
      // In a task of the page's own: what a debugger evaluates is allowed more.
      const evaluated = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(new Function('return "ran"')());
          } catch {
            resolve('refused');
          }
        });
      });
      const reached = await fetch('https://evil.example/').then(
        () => 'reached',
        () => 'refused',
      );
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)));
      return { violated: [...new Set(violated)].sort(), evaluated, reached, inline: 'inlineRan' in window };
    });
    expect(seen).toEqual({
      violated: ['connect-src', 'img-src', 'script-src', 'script-src-elem'],
      evaluated: 'refused',
      reached: 'refused',
      inline: false,
    });
  });

  test('serves its folder and nothing above it', async () => {
    const seen = await page.evaluate(async () => {
      const paths = [
        '/..%2f..%2fpackage.json',
        '/%2e%2e/package.json',
        '/..%5cpackage.json',
        '/none.js',
        '/page.js',
      ];
      return Promise.all(paths.map(async (it) => (await fetch(it)).status));
    });
    expect(seen).toEqual([403, 404, 403, 404, 200]);
  });

  test('a frame of the page gets no port', async () => {
    const seen = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = '/index.html';
      const settled = new Promise((resolve) => {
        frame.addEventListener('load', resolve);
        document.addEventListener('securitypolicyviolation', resolve);
      });
      document.body.append(frame);
      await settled;
      try {
        return frame.contentWindow !== null && 'opening' in frame.contentWindow ? 'has it' : 'has none';
      } catch {
        return 'has none';
      }
    });
    expect(seen).toBe('has none');
  });

  test('grants nothing', async () => {
    const seen = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(seen).toEqual(['denied', 'denied', 'denied', 'denied']);
  });

  test('stays out of sight while something waits, comes back when asked, and ends when nothing waits', async () => {
    const wait = (count: number) =>
      page.evaluate(async (it) => {
        const opening = await window.opening;
        if (opening.outcome === 'open') await opening.station.call('window.waiting', { count: it });
      }, count);
    const isVisible = () =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
    await wait(3);
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await isVisible()).toBe(false);
    await electron.evaluate(({ app }) => app.emit('second-instance'));
    expect(await isVisible()).toBe(true);
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await isVisible()).toBe(false);
    const gone = electron.waitForEvent('close');
    await wait(0).catch(() => undefined);
    await gone;
  });

  test('knows after a new start who it is and what it keeps', async () => {
    await launch();
    const seen = await page.evaluate(async () => {
      const opening = await window.opening;
      if (opening.outcome !== 'open') return null;
      const identity = await opening.station.call('identity.read', null);
      return {
        device: identity?.device,
        read: await opening.station.call('journal.read', { from: 1, maxBytes: 1 }),
      };
    });
    expect(seen).toEqual({ device: 'd1', read: { records: [{ n: 1, payload: 'of this desk' }] } });
  });

  test('a second start on its data says that the window is shown, and ends', async () => {
    const { code, output } = await runProgram(real ?? standIn, argsFor(data), { limitMs: 60_000 });
    expect([code, output]).toEqual([0, expect.stringContaining('running on this data already')]);
    expect(await readFile(join(data, 'shell.txt'), 'utf8')).toBe('electron\n');
  });

  test('data of the other shell is left alone: it ends with 7 and says what to do', async () => {
    const other = await mkdtemp(join(tmpdir(), 'darcha-electron-'));
    await writeFile(join(other, 'shell.txt'), 'browser\n');
    const { code, output } = await runProgram(real ?? standIn, argsFor(other), { limitMs: 60_000 });
    expect([code, output]).toEqual([7, expect.stringContaining('set up in the browser shell')]);
    await expect(stat(join(other, 'journal'))).rejects.toThrow('ENOENT');
    await rm(other, { recursive: true });
  });

  test.skipIf(!isReal)(REAL_ONLY[0] ?? '', async () => {
    const metrics = await electron.evaluate(({ app }) => app.getAppMetrics());
    expect(metrics.filter((it) => it.type === 'Tab').every((it) => it.sandboxed !== false)).toBe(true);
  });

  test.skipIf(!isReal)(REAL_ONLY[1] ?? '', () => {
    expect(page.url()).toBe('app://darcha/');
  });
});
