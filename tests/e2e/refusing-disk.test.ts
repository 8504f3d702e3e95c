import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { type Clerk, createClerk, PATIENCE_MS, see, signIn } from './parts/clerk.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';

let central: TestCentral;
let desk: BrowserDesk;
let clerk: Clerk;
beforeAll(async () => {
  central = await openCentral();
  desk = await openDesk({ desk: '1', code: 'WRONG-CODE', central: central.url });
  clerk = createClerk(desk);
});
afterAll(async () => {
  await desk?.close();
  await central?.close();
});

test('a computer that is enrolled and cannot keep its copy is told so, and is a desk on the next try', async () => {
  const { page, t } = clerk;
  await see(page.getByText(t('enrol.code-refused')));
  await page.evaluate(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('the disk refuses', 'UnknownError');
    };
  });
  await page.getByLabel(t('enrol.code')).fill('DEMO-BAXMAL');
  await page.getByRole('button', { name: t('enrol.again') }).click();
  await see(page.getByRole('heading', { name: t('app.failed.title') }));

  await page.getByRole('button', { name: t('app.retry') }).click();
  await signIn(clerk, 'baxmal-clerk-1');
});

test('a case that a full disk does not take is not begun, at the counter and in the search', async () => {
  const { page, t } = clerk;
  await page.locator('main [role="combobox"]').fill('SOC-05');
  await see(page.locator('main [role="option"]'));
  const empty = await fillDisk(page);
  await page.keyboard.press('Enter');
  await see(page.getByRole('main').getByText(t('start.disk-full')));
  await see(page.getByRole('main').getByText(t('start.disk-full.next')));

  await page.keyboard.press('Control+KeyK');
  await page.keyboard.type('SOC-05');
  const found = page.locator('[role="option"]', { hasText: 'SOC-05' });
  await see(found);
  await page.keyboard.press('Enter');
  await see(page.locator('.mantine-Combobox-dropdown').getByText(t('start.disk-full.next')));
  expect(await page.evaluate(() => location.hash)).not.toContain('intake');

  await empty();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => location.hash), { timeout: PATIENCE_MS })
    .toMatch(/^#\/intake\//);
});

/** IndexedDB refuses whatever is written, as where no space is left, until the answer is called. */
async function fillDisk(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const { add, put } = IDBObjectStore.prototype;
    const refuse = (): never => {
      throw new DOMException('no space is left', 'QuotaExceededError');
    };
    Object.assign(IDBObjectStore.prototype, { add: refuse, put: refuse });
    Object.assign(window, { empty: () => Object.assign(IDBObjectStore.prototype, { add, put }) });
  });
  return () => page.evaluate(() => void (window as unknown as { empty(): void }).empty());
}
