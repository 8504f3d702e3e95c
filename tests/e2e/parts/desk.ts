import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { createHostSeal } from '#station/host-key';
import { findBrowser } from '../../../main/browser/find-browser.mjs';
import { PHONES_NOBODY } from '../../../main/browser/launch.ts';
import { type Child, startChild } from './child.ts';
import { findFreePort } from './free-port.ts';
import { findBrowserPids, killTree } from './kill-tree.ts';

/** Flags that a machine without a screen and a user `root` need; tests alone use them. */
export const TEST_BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  PHONES_NOBODY,
];

export type SavedFile = { name: string; bytes: Buffer };
export type DeskOptions = {
  desk: string;
  code: string;
  central: string;
  /** Of the station's process. */
  env?: NodeJS.ProcessEnv;
};

/** A workstation of a test, in either shell: what a clerk sees, and the plug. */
export type TestDesk = {
  page: Page;
  data: string;
  /** The plug is pulled: window and station end at once, by SIGKILL. */
  pullPlug(): Promise<void>;
  /** Starts all of it again on the same data. */
  start(): Promise<void>;
  /** What its shell sealed, by its own means. */
  unseal(sealed: Buffer): Promise<string | null>;
  /** What `press` made the window save as a file. */
  saved(press: () => Promise<void>): Promise<SavedFile>;
  close(): Promise<void>;
};

/** A desk in the browser shell: the station process and a real Chromium with a profile of its own. */
export type BrowserDesk = TestDesk & { context: BrowserContext; station: Child };

/** Opens a desk and its page; what the page then shows, the test has to wait for. */
export async function openDesk(options: DeskOptions): Promise<BrowserDesk> {
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
      options.env === undefined ? {} : { env: options.env },
    );
  const startBrowser = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, {
      executablePath: findBrowser().program ?? 'chromium',
      headless: true,
      args: TEST_BROWSER_FLAGS,
      viewport: { width: 1366, height: 768 },
      acceptDownloads: true,
      locale: 'en-GB',
    });

  const desk = {
    data,
    async start() {
      [desk.station, desk.context] = await Promise.all([startStation(), startBrowser()]);
      desk.page = desk.context.pages()[0] ?? (await desk.context.newPage());
      await desk.page.goto(desk.station.ready);
    },
    unseal: createHostSeal().unseal,
    async saved(press) {
      const [download] = await Promise.all([desk.page.waitForEvent('download'), press()]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    },
    async pullPlug() {
      await killTree([...(await findBrowserPids(profile)), desk.station.pid]);
      await desk.context.close().catch(() => undefined);
    },
    async close() {
      await desk.context.close().catch(() => undefined);
      await desk.station.kill('SIGTERM');
      await rm(data, { recursive: true, force: true });
    },
  } as BrowserDesk;
  await desk.start();
  return desk;
}
