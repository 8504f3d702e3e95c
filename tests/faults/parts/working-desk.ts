import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../main/browser/find-browser.mjs';
import { type Child, startChild } from '../../e2e/parts/child.ts';
import { TEST_BROWSER_FLAGS } from '../../e2e/parts/desk.ts';
import { findFreePort } from '../../e2e/parts/free-port.ts';
import { findBrowserPids, killTree } from '../../e2e/parts/kill-tree.ts';
import type { Acknowledged, DeskAtWork, Look, Standing } from '../page/desk-at-work.ts';

/** One desk that takes cases without a face: a real station, a real Chromium, the real replica. */
export type WorkingDesk = {
  /** Starts what does not run, and the window anew. */
  start(): Promise<void>;
  /** How wrong the computer's clock is from this moment on, for what runs and for what starts. */
  setClock(offsetMs: number): Promise<void>;
  /** Takes cases from now on; how it ends is not of interest. */
  work(): void;
  killBrowser(): Promise<void>;
  killStation(): Promise<void>;
  kill(): Promise<void>;
  look(caseIds: readonly string[]): Promise<Look>;
  standing(): Promise<Standing>;
  close(): Promise<void>;
};

const WRONG_CLOCK = new URL('wrong-clock.mjs', import.meta.url).href;
/** No page of the station's: it has the origin and nothing else. */
const EMPTY_PAGE = '/at-work.txt';
/** What a page at work is given by the shell: it is not slowed down because nobody looks. */
const FLAGS = [
  ...TEST_BROWSER_FLAGS,
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disk-cache-size=1000000',
];

export async function openWorkingDesk(options: {
  folder: string;
  central: string;
  script: string;
  told(it: Acknowledged): void;
}): Promise<WorkingDesk> {
  const port = String(await findFreePort());
  const [data, profile] = [join(options.folder, 'data'), join(options.folder, 'profile')];
  let station: Child | null = null;
  let context: BrowserContext | null = null;
  let page: Page | null = null;
  let clockOffsetMs = 0;
  const clockFile = join(options.folder, '..', `${basename(options.folder)}.clock`);

  /** A second start knocks at the first, and is given another address to open. */
  function startStation(): Promise<Child> {
    const place = ['--data', data, '--port', port, '--central', options.central, '--show', 'none'];
    const args = ['out/browser/main.js', ...place, '--desk', '1', '--code', 'DEMO-BAXMAL'];
    const env = { NODE_OPTIONS: `--import=${WRONG_CLOCK}`, DARCHA_TEST_CLOCK: clockFile };
    return startChild(args, 'darcha-station ready ', { env });
  }

  async function startBrowser(): Promise<BrowserContext> {
    const made = await chromium.launchPersistentContext(profile, {
      executablePath: findBrowser().program ?? 'chromium',
      headless: true,
      args: FLAGS,
    });
    await made.exposeBinding('acknowledge', (_source, it: Acknowledged) => options.told(it));
    return made;
  }

  async function openPage(address: string): Promise<void> {
    if (page === null) {
      page = (await context?.newPage()) ?? null;
      await page?.addInitScript(setClock);
      await page?.addInitScript({ content: options.script });
    }
    await page?.evaluate(() => window.atWork?.stop()).catch(() => undefined);
    await page?.goto('about:blank');
    await page?.goto(address.replace('/#', `${EMPTY_PAGE}#`));
    // The name outlives a reload, and is there before any module.
    await page?.evaluate((it) => {
      window.name = String(it);
    }, clockOffsetMs);
    await page?.reload();
    await page?.evaluate(() => window.atWork.open());
  }

  const evaluate = <T, A>(ask: (it: A) => T | Promise<T>, given: A): Promise<T> => {
    if (page === null) throw new Error('no page');
    return page.evaluate(ask as never, given as never) as Promise<T>;
  };

  async function killBrowser(): Promise<void> {
    await killTree(await findBrowserPids(profile));
    await context?.close().catch(() => undefined);
    [context, page] = [null, null];
  }

  async function killStation(): Promise<void> {
    await station?.kill('SIGKILL');
    station = null;
  }

  return {
    async start() {
      const knock = station === null ? null : await startStation();
      [station, context] = await Promise.all([station ?? startStation(), context ?? startBrowser()]);
      await openPage(knock?.ready ?? station.ready);
    },
    async setClock(offsetMs) {
      clockOffsetMs = offsetMs;
      await writeFile(clockFile, String(offsetMs));
      await evaluate((it) => {
        window.name = String(it);
      }, offsetMs);
    },
    work() {
      void evaluate(() => window.atWork.work(), null).catch(() => undefined);
    },
    killBrowser,
    killStation,
    async kill() {
      const pids = await findBrowserPids(profile);
      await killTree([...pids, ...(station === null ? [] : [station.pid])]);
      await Promise.all([killBrowser(), killStation()]);
    },
    look: (caseIds) =>
      evaluate((it) => window.atWork.look(it), [...caseIds] as Parameters<DeskAtWork['look']>[0]),
    standing: () => evaluate(() => window.atWork.standing(), null),
    async close() {
      await context?.close().catch(() => undefined);
      await station?.kill('SIGTERM');
      await rm(clockFile, { force: true });
    },
  };
}

/** Before any module reads a clock; how wrong it is may change at any moment. */
function setClock(): void {
  const Right = Date;
  const now = (): number => Right.now() + Number(window.name);
  class Wrong extends Right {
    constructor(...given: []) {
      if ((given as unknown[]).length === 0) super(now());
      else super(...given);
    }
    static override now = now;
  }
  globalThis.Date = Wrong as DateConstructor;
}
