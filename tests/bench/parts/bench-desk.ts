import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createTranslate } from '../../../renderer/i18n/messages.ts';
import { startChild } from '../../e2e/parts/child.ts';
import { findFreePort } from '../../e2e/parts/free-port.ts';
import type { BenchBrowser } from './bench-browser.ts';
import { CLERK, CODE } from './bench-central.ts';

/** The language of a station that nobody has set. */
export const t = createTranslate('uz-Latn');

/** A real station with the real screens in the browser of the suite. */
export type BenchDesk = { page: Page; data: string; close(): Promise<void> };

/** A new desk on an empty folder; it enrols by itself and begins to pull. */
export async function openBenchDesk(
  browser: BenchBrowser,
  central: string,
  name: string,
): Promise<BenchDesk> {
  const data = await mkdtemp(join(tmpdir(), 'darcha-bench-desk-'));
  const port = String(await findFreePort());
  const station = await startChild(
    [
      'out/browser/main.js',
      ...['--data', data, '--port', port, '--central', central],
      ...['--desk', name, '--code', CODE, '--show', 'none'],
    ],
    'darcha-station ready ',
  );
  const close = async (): Promise<void> => {
    await station.kill('SIGTERM');
    await rm(data, { recursive: true, force: true });
  };
  try {
    const page = await browser.newPage(station.ready);
    return {
      page,
      data,
      async close() {
        await page.close().catch(() => undefined);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** From the list of names to the counter. */
export async function signIn(page: Page): Promise<void> {
  await page.locator(`[data-staff="${CLERK.id}"]`).click();
  await page.getByLabel(t('signIn.pin'), { exact: true }).fill(CLERK.pin);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: t('counter.search') }).waitFor();
}

/** Presses a key and answers how long the page took until all of `then` was drawn, one after the other. */
export async function timeKey(page: Page, keys: string, then: readonly string[]): Promise<number> {
  const key = keys.split('+').at(-1) ?? keys;
  await page.evaluate((ask) => window.probe.arm(ask), { key, then });
  await page.keyboard.press(keys);
  return page.evaluate(() => window.probe.taken());
}
