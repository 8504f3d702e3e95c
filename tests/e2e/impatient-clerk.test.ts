import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { findCentralFaults, readCases } from './parts/central-faults.ts';
import { type Clerk, createClerk, goTo, PATIENCE_MS, see, signIn, syncNow } from './parts/clerk.ts';
import { draftLink, pasteMrz, SPECIMEN_CARD, waitUntilSaved } from './parts/clerk-intake.ts';
import { agreeAndFinish, beginCase, field } from './parts/counter.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';
import { formWords } from './parts/seed.ts';

async function becomes<T>(ask: () => Promise<T>, wanted: T): Promise<void> {
  await expect.poll(ask, { timeout: PATIENCE_MS }).toBe(wanted);
}

const PDF = Buffer.from('%PDF-1.7 a page');

let central: TestCentral;
let desk: BrowserDesk;
let clerk: Clerk;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darcha-dropped-'));
  central = await openCentral();
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: central.url });
  clerk = createClerk(desk);
  await signIn(clerk, 'baxmal-clerk-1');
});
beforeEach(async () => {
  await beginCase(desk.page, 'SOC-05');
});
afterAll(async () => {
  await desk?.close();
  await central?.close();
  await rm(folder, { recursive: true, force: true });
});

const other = () => desk.page.locator('[data-item="other"]');

async function addFile(name: string, content: Buffer): Promise<void> {
  await other()
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: 'application/pdf', buffer: content });
}

/** Files of this computer's disk let go of by the mouse at a place of the window, as Chromium has it. */
async function dropAt(page: Page, at: { x: number; y: number }, files: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await devtools.detach();
}

async function middleOf(selector: string): Promise<{ x: number; y: number }> {
  const place = desk.page.locator(selector);
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  if (box === null) throw new Error(`${selector} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('F9 waits for a file that is still on its way to the disk, and takes no keys meanwhile', async () => {
  const { page } = desk;
  await field(page, 'applicant.surname').fill('Shoshqaloqova');
  await field(page, 'applicant.givenName').fill('Aziza');
  await field(page, 'applicant.birthDate').fill('29.02.1984');
  await field(page, 'form.period').first().check();
  await page.evaluate(() => {
    const read = File.prototype.arrayBuffer;
    File.prototype.arrayBuffer = async function () {
      await new Promise((resolve) => {
        Object.assign(window, { letGo: resolve });
      });
      File.prototype.arrayBuffer = read;
      return read.call(this);
    };
  });
  await addFile('sekin.pdf', PDF);
  await agreeAndFinish(page);
  await see(page.locator('main [inert]'));
  await field(page, 'applicant.surname').focus();
  await page.keyboard.type('XYZ');
  expect(await field(page, 'applicant.surname').inputValue()).toBe('Shoshqaloqova');

  await page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  await see(page.locator('[data-case-number]'));
  await syncNow(clerk);
  const cases = await readCases(central);
  expect(cases.map((it) => [it.answers['applicant.surname'], it.documents.map((file) => file.name)])).toEqual(
    [['Shoshqaloqova', ['sekin.pdf']]],
  );
  expect(await findCentralFaults(central)).toEqual([]);
});

test('a reading taken back leaves what was typed after it', async () => {
  const { page, t } = clerk;
  await pasteMrz(clerk, SPECIMEN_CARD);
  await field(page, 'applicant.phone').fill('901234567');
  await field(page, 'applicant.givenName').fill('Gulnora-Oydin');
  await page.getByRole('button', { name: t('mrz.undo') }).click();
  await expect.poll(() => field(page, 'applicant.surname').inputValue()).toBe('');
  expect(await field(page, 'applicant.givenName').inputValue()).toBe('Gulnora-Oydin');
  expect(await field(page, 'applicant.phone').inputValue()).toContain('90');
});

test('a file let go of beside the rows, and a folder on one, are refused and the page stays', async () => {
  const { page, t } = clerk;
  await field(page, 'applicant.surname').fill('Chetlab');
  const file = join(folder, 'skan.pdf');
  await writeFile(file, PDF);
  await mkdir(join(folder, 'papka'));

  await page.evaluate(() =>
    window.addEventListener('dragover', (event) => {
      const { defaultPrevented, dataTransfer } = event;
      Object.assign(window, { told: `${defaultPrevented} ${dataTransfer?.dropEffect}` });
    }),
  );
  const told = (): Promise<string> => page.evaluate(() => (window as unknown as { told: string }).told);

  await dropAt(page, await middleOf('#main h1'), [file]);
  // Not prevented, Chromium would show the file in place of the page.
  expect(await told()).toBe('true none');
  await dropAt(page, await middleOf('[data-item="other"]'), [join(folder, 'papka')]);
  await see(other().getByText(t('documents.unreadable', { name: 'papka' })));
  expect(await field(page, 'applicant.surname').inputValue()).toBe('Chetlab');
  expect(
    await other()
      .getByRole('button', { name: t('documents.add') })
      .isEnabled(),
  ).toBe(true);

  await dropAt(page, await middleOf('[data-item="other"]'), [file]);
  await see(other().getByText('skan.pdf', { exact: true }));
  expect(await told()).toBe('true copy');
});

test('what was taken off a draft, or deleted with it, never leaves this computer and goes from its disk', async () => {
  const { page, t } = clerk;
  await field(page, 'applicant.surname').fill('Oʻchirova');
  const before = await readKept();
  await addFile('xato.pdf', Buffer.from('%PDF-1.7 wrong person'));
  await addFile('qoralama.pdf', Buffer.from('%PDF-1.7 of a draft'));
  await see(other().getByText('qoralama.pdf', { exact: true }));
  await other()
    .getByRole('button', { name: t('documents.remove', { name: 'xato.pdf' }) })
    .click();
  await waitUntilSaved(clerk);
  await expect.poll(readKept, { timeout: PATIENCE_MS }).toHaveLength(before.length + 1);
  const sentBefore = await countFiles();
  await syncNow(clerk);
  expect(await countFiles()).toBe(sentBefore);

  await goTo(clerk, 'counter');
  await see(draftLink(clerk, 'Oʻchirova'));
  await page.getByRole('button', { name: t('drafts.delete', { name: 'Oʻchirova' }) }).click();
  await page.getByRole('button', { name: t('drafts.delete.confirm'), exact: true }).click();
  await expect.poll(readKept, { timeout: PATIENCE_MS }).toEqual(before);
});

test('Esc closes what is open and stays; with nothing open it goes back', async () => {
  const { page, t } = clerk;
  const address = (): Promise<string> => page.evaluate(() => location.hash);
  await beginCase(page, 'SOC-03');
  const intake = await address();
  expect(intake).toMatch(/^#\/intake\//);
  await page.evaluate(() => {
    const back = history.back.bind(history);
    Object.assign(window, { backs: 0 });
    history.back = () => {
      (window as unknown as { backs: number }).backs += 1;
      back();
    };
  });
  const backs = (): Promise<number> => page.evaluate(() => (window as unknown as { backs: number }).backs);
  const backsAfterEscape = async (what: Locator): Promise<number> => {
    await see(what);
    await page.keyboard.press('Escape');
    await what.first().waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    return backs();
  };

  await page.locator('header [aria-haspopup="menu"]').click();
  expect(await backsAfterEscape(page.getByRole('menu'))).toBe(0);
  await page.locator('header [aria-haspopup="menu"]').focus();
  await page.keyboard.press('Enter');
  expect(await backsAfterEscape(page.getByRole('menu'))).toBe(0);

  await field(page, 'applicant.documentType').focus();
  expect(await backsAfterEscape(page.locator('[role="option"]'))).toBe(0);

  await page.keyboard.press('Control+KeyK');
  await page.keyboard.type('nafaqa');
  expect(await backsAfterEscape(page.locator('[role="option"]'))).toBe(0);
  await page.keyboard.press('Control+KeyK');
  expect(await backsAfterEscape(page.locator('header input:focus'))).toBe(0);

  await page.getByRole('button', { name: t('keys.help') }).click();
  expect(await backsAfterEscape(page.getByRole('dialog'))).toBe(0);

  await field(page, 'applicant.surname').focus();
  expect(await address()).toBe(intake);
  await page.keyboard.press('Escape');
  expect(await backs()).toBe(1);
  await becomes(address, '#/');
});

test('when a row or a file is taken off, the keys go on at the button that adds one', async () => {
  const { page, t } = clerk;
  await beginCase(page, 'SOC-03');
  const rowsOf = (name: string): Locator => page.locator(`[data-path$=".${name}"]`);
  const add = page.locator('button[data-path="form.children"]');
  await add.click();
  await add.click();
  await becomes(() => rowsOf('child.surname').count(), 3);
  const label = formWords('SOC-03', 'uz-Latn').label('children');
  await page.getByRole('button', { name: t('group.remove', { label, row: 3 }) }).press('Enter');
  await becomes(() => rowsOf('child.surname').count(), 2);
  await becomes(() => add.evaluate((it) => it === document.activeElement), true);

  const item = page.locator('[data-item="identity-document"]');
  await item
    .locator('input[type="file"]')
    .setInputFiles({ name: 'skan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a page') });
  await item.getByRole('button', { name: t('documents.remove', { name: 'skan.pdf' }) }).press('Enter');
  await becomes(() => item.getByText('skan.pdf').count(), 0);
  const addFile = item.getByRole('button', { name: t('documents.add') });
  await becomes(() => addFile.evaluate((it) => it === document.activeElement), true);
});

/** Names of the files of cases and drafts on the station's disk. */
async function readKept(): Promise<string[]> {
  const blobs = join(desk.data, 'blobs');
  const folders = (await readdir(blobs)).filter((it) => it.length === 2);
  return (await Promise.all(folders.map((it) => readdir(join(blobs, it))))).flat().sort();
}

async function countFiles(): Promise<number> {
  return (await central.sql<{ sha256: string }>('select sha256 from file')).length;
}
