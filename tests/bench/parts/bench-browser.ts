import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../main/browser/find-browser.mjs';
import { TEST_BROWSER_FLAGS } from '../../e2e/parts/desk.ts';

/** As the browser shell opens it: a page at work is not slowed down because nobody looks. */
const UNTHROTTLED = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** One Chromium on one disk for what is measured and for its floors. */
export type BenchBrowser = { newPage(url: string): Promise<Page>; close(): Promise<void> };

/** `probe` runs in every page before the page's own code. */
export async function openBenchBrowser(probe: string): Promise<BenchBrowser> {
  const found = findBrowser();
  if (found.program === null) throw new Error(`${found.why}; ${found.next}`);
  const profile = await mkdtemp(join(tmpdir(), 'darcha-bench-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: found.program,
    headless: true,
    args: [...TEST_BROWSER_FLAGS, ...UNTHROTTLED],
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
  });
  await context.addInitScript({ content: probe });
  return {
    async newPage(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    async close() {
      await context.close().catch(() => undefined);
      await rm(profile, { recursive: true, force: true });
    },
  };
}
