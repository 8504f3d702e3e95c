import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#model/local-text';
import { createTranslate, type Translate } from '../../renderer/i18n/messages.ts';
import { findAxeFaults } from './parts/axe-faults.ts';
import { openCentral, type TestCentral } from './parts/central.ts';
import { type Clerk, createClerk, lock, SYNC_PATIENCE_MS, see, signIn, unlock } from './parts/clerk.ts';
import { beginCase, field, showAddress, takeShortCase } from './parts/counter.ts';
import { openDesk, type TestDesk } from './parts/desk.ts';
import { type LyingLine, openLyingLine } from './parts/lying-line.ts';
import { fillOffice, type Office, PEOPLE } from './parts/office-of-cases.ts';
import { findScreenFaults } from './parts/screen-faults.ts';
import { readSeed } from './parts/seed.ts';

const PICTURES = 'artefacts/screens';
const CLOCK = join(tmpdir(), `darcha-screens-${process.pid}.clock`);
const WRONG_CLOCK = {
  NODE_OPTIONS: `--import=${new URL('../faults/parts/wrong-clock.mjs', import.meta.url).href}`,
  DARCHA_TEST_CLOCK: CLOCK,
};
const PORTAL = { status: 200, body: '<h1>Wi-Fi</h1>', contentType: 'text/html' };
const NAMES = [
  ...readSeed().staff.map((it) => it.name),
  ...PEOPLE.flatMap((it) => Object.values(it)),
  ...['Qoʻchqorova', 'Kuchkarova', 'Namunava', 'NAMUNAVA', 'GULNORA', 'Aziza', 'DEMO-BAXMAL', 'WRONG-CODE'],
  'Fuqaro ertaga asl hujjatni olib keladi',
];

let central: TestCentral;
let line: LyingLine;
let desk: TestDesk;
let office: Office;
let faults: Record<string, string[]> = {};
beforeEach(() => {
  faults = {};
});

beforeAll(async () => {
  central = await openCentral();
  office = await fillOffice(central.url);
  line = await openLyingLine(central.url);
  desk = await openDesk({ desk: '1', code: 'WRONG-CODE', central: line.url, env: WRONG_CLOCK });
  await desk.page.context().addInitScript(keepSockets);
  await desk.page.reload();
});
afterAll(async () => {
  await desk?.close();
  await line?.close();
  await central?.close();
  await rm(CLOCK, { force: true });
});

test('before anybody signs in, in every language', async () => {
  const { page } = desk;
  await page.getByRole('alert').waitFor();
  await inEveryLanguage('enrol-refused');
  line.lie('/v1/hello', PORTAL);
  await page.locator('input').nth(1).fill('DEMO-BAXMAL');
  await page.locator('button[type="submit"]').click();
  await see(page.getByText(createTranslate('en')('firstSync.not-central')), SYNC_PATIENCE_MS);
  await inEveryLanguage('first-sync-without-line');
  line.lie('/v1/hello', null);
  await page.locator('main button').first().click();
  await page.locator('[data-staff="baxmal-supervisor"]').click({ timeout: SYNC_PATIENCE_MS });
  await inEveryLanguage('sign-in');
  await page.locator('#pin').fill('0000');
  await page.locator('#pin').press('Enter');
  await page.getByRole('alert').waitFor();
  await inEveryLanguage('sign-in-wrong-pin');
  expect(faults).toEqual({});

  async function inEveryLanguage(screen: string): Promise<void> {
    for (const language of LANGUAGES) {
      await page.locator(`fieldset button[lang="${language}"]`).click();
      await look(page, language, screen);
    }
  }
});

test.each(LANGUAGES)('every screen in %s', async (language) => {
  const { page } = desk;
  const clerk = createClerk(desk, language);
  const { t } = clerk;
  const show = async (screen: string): Promise<void> => look(page, language, screen);
  /** Another place of the screen before: axe has looked at all of it. */
  const showMore = async (screen: string): Promise<void> => photograph(page, language, screen);
  await page.reload();
  await page.locator(`fieldset button[lang="${language}"]`).click();
  await signIn(clerk, 'baxmal-supervisor');

  await showAddress(page, '#/');
  await see(page.locator('main [role="combobox"]'));
  await show('counter');
  await page.locator('main [role="combobox"]').fill('nafaqa');
  await show('counter-found');
  await page.locator('main [role="combobox"]').fill('qwrtpsdfg');
  await show('counter-nothing');

  await beginCase(page, 'SOC-03');
  await show('intake-top');
  await page.getByRole('button', { name: t('mrz.open') }).click();
  await page.locator('[data-mrz-box]').fill(MISREAD);
  await field(page, 'applicant.pinfl').fill('30101809990018');
  await field(page, 'applicant.birthDate').fill('31.02.2030');
  await page.keyboard.press('F9');
  await page.locator('#applicant').scrollIntoViewIfNeeded();
  await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 0));
  await show('intake-problems');
  await page.evaluate(() => document.querySelector('#form')?.scrollIntoView());
  await showMore('intake-form');
  await page.evaluate(() => document.querySelector('#documents')?.scrollIntoView());
  await showMore('intake-documents');
  await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 1e6));
  await showMore('intake-bottom');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await show('keys');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await showAddress(page, '#/');
  await page
    .getByRole('button', { name: deleteWords(t) })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await show('draft-deleting');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  line.lie('/v1/', PORTAL);
  await takeShortCase(page, 'Namunava');
  await show('finished');
  await showAddress(page, '#/sync');
  await see(page.getByText(t('trouble.not-central-html.next')));
  await show('sync-waiting');
  line.lie('/v1/', null);
  await page.getByRole('button', { name: t('sync.now') }).click();
  await see(page.getByText(t('sync.situation.sent'), { exact: true }));
  await show('sync-sent');

  await showAddress(page, `#/cases/${office.plainCase}`);
  await see(page.getByText(t('event.case.opened'), { exact: true }));
  await show('case');
  const applicant = page.getByRole('region', { name: t('case.applicant'), exact: true });
  await applicant.getByRole('button', { name: t('case.edit', { field: t('field.surname') }) }).click();
  await see(applicant.getByRole('button', { name: t('case.edit.save') }));
  await show('case-editing');
  await applicant.getByRole('button', { name: t('dialog.cancel') }).click();
  await page.getByRole('button', { name: t('case.actions') }).click();
  await page.getByRole('menuitem', { name: t('move.refused') }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('move.refused') })
    .click();
  await see(page.getByText(t('move.ground.needed')));
  await show('case-refusing');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await showAddress(page, `#/cases/${office.conflictCase}`);
  await see(page.locator('[data-conflict]'));
  await show('case-conflict');
  await showAddress(page, '#/conflicts');
  await see(page.locator('[data-conflict]'));
  await show('conflicts');
  await showAddress(page, '#/cases');
  await see(page.locator('[data-row]'));
  await show('cases');
  await showAddress(page, '#/cases?filter=refused');
  await see(page.getByText(t('cases.none.filter')));
  await show('cases-none');
  await showAddress(page, '#/reports');
  await see(page.getByText(t('report.total.desks', { count: 3 })));
  await show('report');
  await showAddress(page, '#/devices');
  await show('devices');
  await page.keyboard.press('Control+KeyK');
  await page.getByLabel(t('search.label')).fill('namuna');
  await see(page.getByRole('option'));
  await show('search');
  await page.keyboard.press('Escape');

  await page.locator('header [aria-haspopup="menu"]').first().click();
  await see(page.getByRole('menu'));
  await show('user-menu');
  await page.getByRole('menuitem', { name: t('user.dark') }).click();
  await showAddress(page, '#/');
  await see(page.locator('main [role="combobox"]'));
  await show('dark-counter');
  await showAddress(page, `#/cases/${office.conflictCase}`);
  await see(page.locator('[data-conflict]'));
  await show('dark-case');
  await page.locator('header [aria-haspopup="menu"]').first().click();
  await page.getByRole('menuitem', { name: t('user.light') }).click();

  await page.evaluate(() => {
    for (const it of (window as unknown as { sockets: WebSocket[] }).sockets) it.close();
  });
  await see(page.getByText(t('app.noSession.title')));
  await show('no-session');
  expect(faults).toEqual({});
});

test.each(LANGUAGES)('a locked desk, a second person and days that run out in %s', async (language) => {
  const { page } = desk;
  const clerk = createClerk(desk, language);
  const { t } = clerk;
  const show = async (screen: string): Promise<void> => look(page, language, screen);
  await page.reload();
  await page.locator(`fieldset button[lang="${language}"]`).click();
  await signIn(clerk, 'baxmal-clerk-1');
  await showAddress(page, `#/cases/${office.fourEyesCase}`);
  await page.getByRole('button', { name: t('case.actions') }).click();
  await page.getByRole('menuitem', { name: t('move.refused') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox').first().check();
  await dialog.getByLabel(t('move.reason')).fill('R01');
  await dialog.getByRole('button', { name: t('move.refused') }).click();
  await see(dialog.getByText(t('second.needed')));
  await show('second-person');
  await dialog.getByRole('combobox', { name: t('second.who') }).click();
  await dialog.getByRole('option').first().click();
  await dialog.getByLabel(t('second.pin'), { exact: true }).fill('0000');
  await dialog.getByRole('button', { name: t('move.refused') }).click();
  await see(dialog.getByText(t('signIn.wrong')));
  await show('second-person-wrong');
  await lock(clerk);
  await show('locked');
  await page.getByRole('button', { name: t('lock.other') }).click();
  await show('locked-other');
  await page.getByRole('button', { name: t('lock.back') }).click();
  await unlock(clerk, 'baxmal-clerk-1');

  line.lie('/v1/', PORTAL);
  await setClock(27.5);
  await expect.poll(() => lockAndRead(clerk, t('signIn.days', { count: 3 }))).toBe(true);
  await show('locked-few-days');
  await setClock(31);
  await expect.poll(() => lockAndRead(clerk, t('signIn.no-days.next'))).toBe(true);
  await show('locked-no-days');
  await setClock(0);
  line.lie('/v1/', null);
  await unlock(clerk, 'baxmal-clerk-1');
  await signOut(clerk);
  // Its own PIN takes the wrong tries away: there are more languages than tries.
  await signIn(clerk, 'baxmal-supervisor');
  await signOut(clerk);
  await signIn(clerk, 'baxmal-it');
  await see(page.getByText(t('counter.lookOnly.next')));
  await show('counter-look-only');
  expect(faults).toEqual({});
});

/** Locks until the station has seen its clock. */
async function lockAndRead(clerk: Clerk, words: string): Promise<boolean> {
  const { page, t } = clerk;
  if ((await page.locator('#pin').count()) === 0) await lock(clerk);
  if (await page.getByText(words).isVisible()) return true;
  await page.locator('#pin').fill('1111');
  await page.getByRole('button', { name: t('lock.open') }).click();
  await see(page.getByText(words).or(page.getByRole('navigation', { name: t('frame.nav') })));
  return page.getByText(words).isVisible();
}

async function signOut({ page, t }: Clerk): Promise<void> {
  await page.locator('header [aria-haspopup="menu"]').first().click();
  await page.getByRole('menuitem', { name: t('user.signOut') }).click();
}

const setClock = (days: number): Promise<void> => writeFile(CLOCK, String(days * 86_400_000));

const MISREAD = [
  'IUUZBAA0000001142902849990028<',
  '8402298F3402281UZB<<<<<<<<<<<0',
  'NAMUNAVA<<GULNORA<<<<<<<<<<<<<',
].join('\n');

/** How every button that deletes a draft begins, or ends, in this language. */
function deleteWords(t: Translate): RegExp {
  return new RegExp(t('drafts.delete', { name: '.+' }));
}

async function look(page: Page, language: Language, screen: string): Promise<void> {
  await photograph(page, language, screen);
  note(language, screen, await findAxeFaults(page));
}

/** Takes the picture and writes down what can be seen to be wrong with it. */
async function photograph(page: Page, language: Language, screen: string): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
  await page.evaluate(stand);
  await mkdir(join(PICTURES, language), { recursive: true });
  await page.screenshot({ path: join(PICTURES, language, `${screen}.png`), animations: 'disabled' });
  note(language, screen, await findScreenFaults(page, language, NAMES));
}

function note(language: Language, screen: string, found: readonly string[]): void {
  const key = `${language}/${screen}`;
  if (found.length > 0) faults[key] = [...(faults[key] ?? []), ...found];
}

/** Runs in the page: waits until nothing moves that comes to an end, and every letter has its font. */
async function stand(): Promise<void> {
  await document.fonts.ready;
  const moving = document
    .getAnimations()
    .filter((it) => it.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(moving.map((it) => it.finished));
}

/** Runs in the page: lets the test break the wire to the station from this end. */
function keepSockets(): void {
  const sockets: WebSocket[] = [];
  const Original = window.WebSocket;
  Object.assign(window, {
    sockets,
    WebSocket: class extends Original {
      constructor(...given: ConstructorParameters<typeof WebSocket>) {
        super(...given);
        sockets.push(this);
      }
    },
  });
}
