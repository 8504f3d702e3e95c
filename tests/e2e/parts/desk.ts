import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../main/browser/launch.ts';
import { type Child, startChild } from './child.ts';
import { findFreePort } from './free-port.ts';
import { killBrowser } from './kill-browser.ts';

/** Flags that a machine without a screen and a user `root` need; tests alone use them. */
export const TEST_BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A workstation of a test: the station process and a real Chromium on one profile. */
export type TestDesk = {
  page: Page;
  context: BrowserContext;
  station: Child;
  data: string;
  /** The plug is pulled: browser and station end at once, by SIGKILL. */
  pullPlug(): Promise<void>;
  /** Starts both again on the same data, profile and port. */
  start(): Promise<void>;
  close(): Promise<void>;
};

export async function openDesk(options: { desk: string; code: string; central: string }): Promise<TestDesk> {
  const data = await mkdtemp(join(tmpdir(), 'darcha-desk-'));
  const profile = join(data, 'test-profile');
  const port = await findFreePort();

  const startStation = (): Promise<Child> =>
    startChild(
      [
        'out/browser/main.js',
        ...['--data', data, '--port', String(port), '--central', options.central],
        ...['--desk', options.desk, '--code', options.code, '--show', 'none'],
      ],
      'darcha-station ready ',
    );
  const startBrowser = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, {
      executablePath: findChromium() ?? 'chromium',
      headless: true,
      args: TEST_BROWSER_FLAGS,
      viewport: { width: 1366, height: 768 },
      acceptDownloads: true,
      locale: 'en-GB',
    });

  const desk = {
    data,
    async start() {
      desk.station = await startStation();
      desk.context = await startBrowser();
      desk.page = desk.context.pages()[0] ?? (await desk.context.newPage());
      await desk.page.goto(desk.station.ready);
    },
    async pullPlug() {
      await killBrowser(profile);
      await desk.station.kill('SIGKILL');
      await desk.context.close().catch(() => undefined);
    },
    async close() {
      await desk.context.close().catch(() => undefined);
      await desk.station.kill('SIGTERM');
      await rm(data, { recursive: true, force: true });
    },
  } as TestDesk;
  await desk.start();
  return desk;
}
