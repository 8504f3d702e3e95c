import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatCaseNumber } from '#model/case-number';
import { openCentral, type TestCentral } from './parts/central.ts';
import { readCases, readEvents } from './parts/central-faults.ts';
import {
  type Clerk,
  createClerk,
  PATIENCE_MS,
  SYNC_PATIENCE_MS,
  SYNCED,
  see,
  signIn,
} from './parts/clerk.ts';
import { showAddress } from './parts/counter.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';
import { listenToPrinter, readPrinted, readPrintedText } from './parts/printed.ts';
import { hasKeptText } from './parts/read-desk-cases.ts';
import { enrolScripted, type ScriptedDesk, toOpened } from './parts/scripted-desk.ts';
import { tellStory } from './parts/tell-story.ts';

const NUMBER = formatCaseNumber({ prefix: '1708204', year: 2026, desk: 2, serial: 1 });
const CASE = 'case-of-case-page';
const SOON = { timeout: PATIENCE_MS };

let central: TestCentral;
let desk: BrowserDesk;
let clerk: Clerk;
let one: ScriptedDesk;
let other: ScriptedDesk;

tellStory('case-page', () => ({ desk }));

beforeAll(async () => {
  central = await openCentral();
  one = await enrolScripted(central.url, { desk: '2', code: 'DEMO-BAXMAL' });
  other = await enrolScripted(central.url, { desk: '3', code: 'DEMO-BAXMAL' });
  await one.tell(
    CASE,
    toOpened({
      number: NUMBER,
      service: 'SOC-03',
      answers: {
        'applicant.kind': 'person',
        'applicant.surname': 'Namunava',
        'applicant.givenName': 'Gulnora',
        'applicant.birthDate': '1984-02-29',
        'applicant.address.region': '1708',
        'applicant.address.district': '1708204',
      },
    }),
  );
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: central.url });
  clerk = createClerk(desk);
  await comeIn();
});
afterAll(async () => {
  await desk?.close();
  await central?.close();
});

describe('an answer put right where it stands', () => {
  test('leaves what another desk put right meanwhile', async () => {
    const { page, t } = clerk;
    const surname = await edit(t('field.surname'));
    await set(one, { 'applicant.givenName': 'Gulnoza' }, { 'applicant.givenName': 'Gulnora' });
    await see(applicant().getByText('Gulnoza', { exact: true }), SYNC_PATIENCE_MS);
    await surname.fill('Namunaxon');
    await page.keyboard.press('Enter');
    await see(applicant().getByText('Namunaxon', { exact: true }));
    await expect
      .poll(() => readCases(central), SYNCED)
      .toMatchObject([
        { answers: { 'applicant.surname': 'Namunaxon', 'applicant.givenName': 'Gulnoza' }, conflicts: [] },
      ]);
  });

  test('gives the focus back to what opened it, saved or not', async () => {
    const { page, t } = clerk;
    const pencil = pencilOf(t('field.surname'));
    await expect.poll(() => hasFocus(pencil), SOON).toBe(true);
    await page.keyboard.press('Enter');
    await see(applicant().getByRole('textbox', { name: t('field.surname') }));
    await page.keyboard.press('Escape');
    await expect.poll(() => hasFocus(pencil), SOON).toBe(true);
  });

  test('Esc closes a list that is open, and only then the editor', async () => {
    const { page, t } = clerk;
    await edit(t('field.district'));
    const district = page.locator('[data-path="applicant.address.district"]');
    await expect.poll(() => hasFocus(district), SOON).toBe(true);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByRole('option').count(), SOON).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('option').count(), SOON).toBe(0);
    expect(await district.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await district.waitFor({ state: 'detached', timeout: PATIENCE_MS });
    await expect.poll(() => hasFocus(pencilOf(t('field.district'))), SOON).toBe(true);
  });
});

describe('a note being written', () => {
  test('is there again after another screen and after a power cut', async () => {
    await expect.poll(() => note().isEditable(), SOON).toBe(true);
    await note().pressSequentially('Ertaga');
    await showAddress(clerk.page, '#/');
    await see(clerk.page.locator('main [role="combobox"]'));
    await showAddress(clerk.page, `#/cases/${CASE}`);
    await expect.poll(() => note().inputValue(), SOON).toBe('Ertaga');

    await note().press('End');
    await note().pressSequentially(' keladi');
    await expect.poll(() => hasKeptText(desk, 'Ertaga keladi'), SOON).toBe(true);
    await desk.pullPlug();
    await desk.start();
    await comeIn();
    await expect.poll(() => note().inputValue(), SOON).toBe('Ertaga keladi');
  });

  test('is recorded once by a key held down, and takes nothing with it that was typed meanwhile', async () => {
    const { page } = clerk;
    await note().press('End');
    await page.keyboard.down('Control');
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.keyboard.up('Control');
    await page.keyboard.type(' soat 10 da');
    const left = async () => (await note().inputValue()).trim();
    await expect.poll(left, SYNCED).toBe('soat 10 da');
    await expect
      .poll(async () => (await readCases(central)).map((it) => it.notes.map(({ text }) => text)), SYNCED)
      .toEqual([['Ertaga keladi']]);
    expect(await left()).toBe('soat 10 da');
  });
});

test('two clicks on the usual step make one', async () => {
  const { page, t } = clerk;
  await page.getByRole('button', { name: t('move.in-process'), exact: true }).dblclick();
  await see(page.getByRole('button', { name: t('move.ready'), exact: true }));
  const steps = async () =>
    (await readEvents(central)).filter((it) => it.event.type === 'state.moved').length;
  await expect.poll(steps, SYNCED).toBe(1);
});

describe('the receipt once more', () => {
  test('goes to the printer as a loaded document, and names no desk that is not known here', async () => {
    const { page, t } = clerk;
    await page.keyboard.press('Control+KeyP');
    await see(page.getByText(t('receipt.atPrinter')));
    const printed = await readPrinted(page);
    expect(printed).toMatchObject([{ type: 'application/pdf', state: 'complete', isRendered: true }]);
    const [receipt] = printed;
    if (receipt === undefined) throw new Error('nothing was printed');
    const text = await readPrintedText(page, receipt);
    expect(text).toContain(NUMBER);
    expect(text).not.toContain(one.device);
    expect(text).not.toContain(t('receipt.desk', { desk: '' }).trim());
  });

  test('says so when no dialog opens and when the document does not come up', async () => {
    const { page, t } = clerk;
    const failed = page.getByRole('alert').getByText(t('receipt.failed'));
    await page.evaluate(() => {
      window.printer = 'jam';
    });
    await page.keyboard.press('Control+KeyP');
    await see(failed);
    await page.evaluate(() => {
      window.printer = 'ready';
      document.body.append = () => undefined;
    });
    await page.keyboard.press('Control+KeyP');
    await failed.waitFor({ state: 'detached', timeout: PATIENCE_MS });
    await see(failed);
    expect(await readPrinted(page)).toHaveLength(1);
  });
});

test('a key held down settles one conflict', async () => {
  const { page } = clerk;
  const [before] = await readCases(central);
  const was = {
    'applicant.surname': String(before?.answers['applicant.surname']),
    'applicant.givenName': String(before?.answers['applicant.givenName']),
  };
  for (const [it, to] of [
    [one, 'Bir'],
    [other, 'Ikki'],
  ] as const) {
    await set(it, { 'applicant.surname': to, 'applicant.givenName': to }, was);
  }
  await showAddress(page, '#/conflicts');
  const cards = page.locator('[data-conflict]');
  await expect.poll(() => cards.count(), SYNCED).toBe(2);
  await cards.first().focus();
  for (let press = 0; press < 4; press++) await page.keyboard.down('1');
  await page.keyboard.up('1');
  await expect
    .poll(async () => (await readCases(central)).map((it) => it.conflicts.length), SYNCED)
    .toEqual([1]);
  expect(await cards.count()).toBe(1);
});

/** Signs in and opens the case, with an ear at the printer. */
async function comeIn(): Promise<void> {
  const { page } = desk;
  await page.locator('[data-staff="baxmal-clerk-1"]').waitFor({ timeout: SYNC_PATIENCE_MS });
  await listenToPrinter(page.context());
  await page.reload();
  await signIn(clerk, 'baxmal-clerk-1');
  await showAddress(page, `#/cases/${CASE}`);
  await see(page.getByRole('heading', { name: NUMBER, level: 1 }), SYNC_PATIENCE_MS);
}

function applicant(): Locator {
  return clerk.page.getByRole('region', { name: clerk.t('case.applicant'), exact: true });
}

function note(): Locator {
  return clerk.page.getByRole('textbox', { name: clerk.t('case.notes.text') });
}

function pencilOf(field: string): Locator {
  return applicant().getByRole('button', { name: clerk.t('case.edit', { field }), exact: true });
}

/** Opens the editor of one answer. */
async function edit(field: string): Promise<Locator> {
  await pencilOf(field).click();
  const input = applicant().getByLabel(field, { exact: true }).first();
  await see(input);
  return input;
}

function hasFocus(it: Locator): Promise<boolean> {
  return it.evaluate((element) => element === document.activeElement);
}

async function set(
  from: ScriptedDesk,
  answers: Record<string, string>,
  was: Record<string, string>,
): Promise<void> {
  await from.tell(CASE, { type: 'field.set', body: { set: answers, was } });
}
