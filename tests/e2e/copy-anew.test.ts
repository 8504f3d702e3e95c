import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#model/local-text';
import { formatBytes } from '../../renderer/i18n/format.ts';
import { findAxeFaults } from './parts/axe-faults.ts';
import { openCentral, type TestCentral } from './parts/central.ts';
import { allSent, createClerk, expectStrip, goTo, PATIENCE_MS, SYNCED, see, signIn } from './parts/clerk.ts';
import { showAddress, takeShortCase } from './parts/counter.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';
import { type LyingLine, openLyingLine } from './parts/lying-line.ts';
import { fillOffice, PEOPLE } from './parts/office-of-cases.ts';
import { readDeskCases } from './parts/read-desk-cases.ts';
import { findScreenFaults } from './parts/screen-faults.ts';
import { readSeed } from './parts/seed.ts';

const PICTURES = 'artefacts/screens';
const PORTAL = { status: 200, body: '<h1>Wi-Fi</h1>', contentType: 'text/html' };
const LITTLE_BYTES = 999_999_999;
const NAMES = [
  ...readSeed().staff.map((it) => it.name),
  ...PEOPLE.flatMap((it) => Object.values(it)),
  'Namunava',
  'Aziza',
];

let central: TestCentral;
let line: LyingLine;
let desk: BrowserDesk;
beforeAll(async () => {
  central = await openCentral();
  await fillOffice(central.url);
  line = await openLyingLine(central.url);
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: line.url });
});
afterAll(async () => {
  await desk?.close();
  await line?.close();
  await central?.close();
});

test('by keys alone IT has the copy made anew, and a clerk has no such button', async () => {
  const { page } = desk;
  const clerk = createClerk(desk);
  const { t } = clerk;
  const button = page.getByRole('button', { name: t('health.rebuild') });
  const dialog = page.getByRole('dialog', { name: t('health.rebuild.title') });

  await signIn(clerk, 'baxmal-clerk-1');
  await takeShortCase(page, 'Namunava');
  await expectStrip(clerk, allSent(clerk));
  const before = await casesOf(9);
  await goTo(clerk, 'sync');
  await see(page.getByRole('region', { name: t('health.title') }));
  expect(await button.count()).toBe(0);

  await page.reload();
  await signIn(clerk, 'baxmal-it');
  await goTo(clerk, 'sync');
  await see(button);
  await tabTo(page, t('health.rebuild'));
  await page.keyboard.press('Enter');
  await see(dialog);
  await expect.poll(() => focused(page)).toBe(t('dialog.cancel'));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe(t('health.rebuild'));

  await markDatabases(page);
  await page.keyboard.press('Enter');
  await see(dialog);
  await tabTo(page, t('health.rebuild'));
  await page.keyboard.press('Enter');
  await signIn(clerk, 'baxmal-it');
  expect(await isMarked(page)).toBe(false);
  await expectStrip(clerk, allSent(clerk));
  await expect.poll(() => readDeskCases(desk), SYNCED).toEqual(before);
});

test('a window whose databases are deleted under it comes back by itself with its cases', async () => {
  const { page } = desk;
  const clerk = createClerk(desk);
  const before = await casesOf(9);
  await showAddress(page, '#/cases');
  await see(page.locator('[data-row]'));
  const reloaded = page.waitForEvent('load', { timeout: PATIENCE_MS });
  const cdp = await desk.context.newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'indexeddb',
  });
  await reloaded;
  await signIn(clerk, 'baxmal-it');
  await expectStrip(clerk, allSent(clerk));
  await expect.poll(() => readDeskCases(desk), SYNCED).toEqual(before);
});

test.each(LANGUAGES)('what was found and mended, and a disk nearly full, in %s', async (language) => {
  const { page } = desk;
  const clerk = createClerk(desk, language);
  const { t } = clerk;
  const faults: Record<string, string[]> = {};
  const show = async (screen: string): Promise<void> => {
    faults[screen] = await look(page, language, screen);
  };
  await page.routeWebSocket(/.*/, (socket) => {
    const station = socket.connectToServer();
    station.onMessage((it) =>
      socket.send(
        typeof it === 'string' ? it.replace(/"freeDiskBytes":\d+/, `"freeDiskBytes":${LITTLE_BYTES}`) : it,
      ),
    );
  });
  line.lie('/v1/', PORTAL);
  await loseAnEvent(page);
  await page.reload();
  await page.locator(`fieldset button[lang="${language}"]`).click();
  await signIn(clerk, 'baxmal-it');
  await goTo(clerk, 'sync');
  const panel = page.getByRole('region', { name: t('health.title') });
  await see(panel.getByText(t('health.toMend')));
  await see(panel.getByText(t('health.disk.low', { free: formatBytes(language, LITTLE_BYTES) })));
  await see(page.getByRole('contentinfo').getByText(t('strip.diskLow')));
  expect(await overlapping(page)).toEqual([]);
  await show('health-to-mend-top');
  await panel.evaluate((it) => it.scrollIntoView({ block: 'end' }));
  await show('health-to-mend');
  line.lie('/v1/', null);
  await page.getByRole('button', { name: t('sync.now') }).click();
  await panel.getByText(t('health.toMend')).waitFor({ state: 'detached' });
  await panel.evaluate((it) => it.scrollIntoView({ block: 'end' }));
  await show('health-mended');
  await panel.getByRole('button', { name: t('health.rebuild') }).click();
  await page.getByRole('dialog').waitFor();
  await show('health-rebuild');
  await page.keyboard.press('Escape');
  expect(Object.values(faults).flat()).toEqual([]);
});

async function look(page: Page, language: Language, screen: string): Promise<string[]> {
  await mkdir(join(PICTURES, language), { recursive: true });
  await page.screenshot({ path: join(PICTURES, language, `${screen}.png`), animations: 'disabled' });
  return [...(await findScreenFaults(page, language, NAMES)), ...(await findAxeFaults(page))].map(
    (it) => `${screen}: ${it}`,
  );
}

async function casesOf(count: number) {
  await expect.poll(async () => (await readDeskCases(desk)).length, SYNCED).toBe(count);
  return readDeskCases(desk);
}

/** Parts of the strip whose words run into the next part, or out of the window. */
function overlapping(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() => {
    const parts = [...document.querySelectorAll('footer [data-part]')];
    return parts
      .filter((it, index) => {
        const end = parts[index + 1]?.getBoundingClientRect().left ?? window.innerWidth;
        return it.getBoundingClientRect().right > end + 1 || it.scrollWidth > it.clientWidth + 1;
      })
      .map((it) => it.textContent);
  });
}

function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent?.trim());
}

async function tabTo(page: Page, words: string): Promise<void> {
  for (let step = 0; (await focused(page)) !== words; step++) {
    if (step > 40) throw new Error(`Tab does not lead to ${words}`);
    await page.keyboard.press('Tab');
  }
}

/** One more database of the replica: gone with the others when the copy is made anew. */
async function markDatabases(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((it) => it.name ?? '');
    const cases = names.find((it) => it.endsWith('--cases')) ?? '';
    const asked = indexedDB.open(cases.replace(/--cases$/, '--mark'));
    await new Promise((resolve, reject) => {
      asked.onsuccess = resolve;
      asked.onerror = reject;
    });
    asked.result.close();
  });
}

function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(async () =>
    (await indexedDB.databases()).some((it) => it.name?.endsWith('--mark') === true),
  );
}

/** The disk loses one event of the copy. */
async function loseAnEvent(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const done = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
    const names = (await indexedDB.databases()).map((it) => it.name ?? '');
    const database = await done(indexedDB.open(names.find((it) => it.endsWith('--events')) ?? ''));
    const docs = database.transaction('docs', 'readwrite').objectStore('docs');
    const [first] = await done(docs.getAllKeys());
    if (first === undefined) throw new Error('no event to lose');
    await done(docs.delete(first));
    database.close();
  });
}
