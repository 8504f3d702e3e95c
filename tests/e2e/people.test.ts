import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { readEvents } from './parts/central-faults.ts';
import {
  allSent,
  type Clerk,
  createClerk,
  expectStrip,
  lock,
  SYNCED,
  see,
  signIn,
  unlock,
} from './parts/clerk.ts';
import { draftLink, waitUntilSaved } from './parts/clerk-intake.ts';
import { beginCase, field, showAddress } from './parts/counter.ts';
import { type CuttableLine, openCuttableLine } from './parts/cuttable-line.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';
import { ANY, said } from './parts/said.ts';
import { enrolScripted, toOpened } from './parts/scripted-desk.ts';
import { getStaff } from './parts/seed.ts';

const WRONG_CLOCK = new URL('../faults/parts/wrong-clock.mjs', import.meta.url).href;
const DAY = 86_400_000;
const MINUTE = 60_000;
const [NODIRA, OKTAM, FERUZA] = ['baxmal-clerk-1', 'baxmal-clerk-2', 'baxmal-supervisor'];
const SURNAME = 'Zarqandarova';

let folder: string;
let central: TestCentral;
let line: CuttableLine;
let desk: BrowserDesk;
let clerk: Clerk;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darcha-people-'));
  central = await openCentral();
  line = await openCuttableLine(central.url);
  const env = { NODE_OPTIONS: `--import=${WRONG_CLOCK}`, DARCHA_TEST_CLOCK: join(folder, 'clock') };
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: line.url, env });
  clerk = createClerk(desk);
});
afterAll(async () => {
  await desk?.close();
  await line?.close();
  await central?.close();
  await rm(folder, { recursive: true, force: true });
});

const html = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.outerHTML);
const setClock = (days: number): Promise<void> => writeFile(join(folder, 'clock'), String(days * DAY));

test('a locked desk shows a name and nothing else; another works there, and the first finds his draft', async () => {
  const { page, t } = clerk;
  await signIn(clerk, NODIRA);
  await beginCase(page, 'SOC-03');
  await field(page, 'applicant.surname').fill(SURNAME);
  await waitUntilSaved(clerk);
  const address = new URL(page.url()).hash;

  await lock(clerk);
  await see(page.getByRole('heading', { name: getStaff(NODIRA).name }));
  expect(await html(page)).not.toContain(SURNAME);
  expect(await page.locator('nav, [data-path], [role="dialog"], iframe').count()).toBe(0);
  await page.locator('#pin').fill('2222');
  await page.locator('#pin').press('Enter');
  await see(page.getByText(t('signIn.wrong')));

  await page.getByRole('button', { name: t('lock.other') }).click();
  await signIn(clerk, OKTAM);
  await expect.poll(() => new URL(page.url()).hash).toBe('#/');
  await see(page.getByText(t('drafts.none')));
  await showAddress(page, address);
  await see(page.getByText(t('intake.notYours')));
  expect(await html(page)).not.toContain(SURNAME);

  await lock(clerk);
  await page.getByRole('button', { name: t('lock.other') }).click();
  await signIn(clerk, NODIRA);
  await draftLink(clerk, SURNAME).click();
  expect(await field(page, 'applicant.surname').inputValue()).toBe(SURNAME);

  await lock(clerk);
  await unlock(clerk, NODIRA);
  expect(await field(page, 'applicant.surname').inputValue()).toBe(SURNAME);
});

test('a dialog is no way round the key that locks', async () => {
  const { page } = clerk;
  await showAddress(page, '#/');
  await page.locator('main [role="combobox"]').waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await lock(clerk);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await unlock(clerk, NODIRA);
});

test('a desk that nobody touches locks itself, whatever moves in the page', async () => {
  const { page, t } = clerk;
  const start = Date.now();
  const later = (minutes: number): Promise<void> => page.clock.setSystemTime(start + minutes * MINUTE);
  const locked = page.getByRole('heading', { name: t('lock.title') });
  await later(9);
  await page.mouse.move(300, 300);
  await later(18);
  await page.mouse.move(320, 320);
  await page.waitForFunction(looksTwice);
  expect(await locked.count()).toBe(0);
  await page.evaluate(pretend);
  await later(29);
  await see(locked);
  await page.clock.setSystemTime(start);
  await unlock(clerk, NODIRA);
});

test('where four eyes are asked for, nothing is recorded without the PIN of a second person', async () => {
  const { page, t } = clerk;
  const other = await enrolScripted(central.url, { desk: '9', code: 'DEMO-BAXMAL' });
  const caseId = crypto.randomUUID();
  const number = '1708204-26-09000001-97';
  await other.tell(
    caseId,
    toOpened({ number, service: 'SOC-01', answers: { 'applicant.surname': SURNAME } }),
  );
  await showAddress(page, `#/cases/${caseId}`);
  await see(page.getByRole('heading', { name: number }), SYNCED.timeout);
  await page.getByRole('button', { name: t('case.actions') }).click();
  await page.getByRole('menuitem', { name: t('move.refused') }).click();
  const dialog = page.getByRole('dialog');
  const refuse = dialog.getByRole('button', { name: t('move.refused') });
  await dialog.getByRole('checkbox').first().check();
  await dialog.getByLabel(t('move.reason')).fill('Hujjat yetarli emas');
  await refuse.click();
  await see(dialog.getByText(t('second.needed')));

  await dialog.getByRole('combobox', { name: t('second.who') }).click();
  // Only those with the right to, and not oneself.
  const offered = await dialog.getByRole('option').allInnerTexts();
  expect(offered.some((it) => it.includes(getStaff(NODIRA).name))).toBe(false);
  expect(offered.some((it) => it.includes(getStaff(OKTAM).name))).toBe(false);
  await dialog.getByRole('option', { name: getStaff(FERUZA).name }).click();
  await dialog.getByLabel(t('second.pin'), { exact: true }).fill('1111');
  await refuse.click();
  await see(dialog.getByText(t('signIn.wrong')));
  expect(await movesOf(caseId)).toEqual([]);

  await dialog.getByLabel(t('second.pin'), { exact: true }).fill(getStaff(FERUZA).demoPin ?? '');
  await refuse.click();
  await dialog.waitFor({ state: 'detached' });
  await expect
    .poll(() => movesOf(caseId), SYNCED)
    .toEqual([{ by: NODIRA, confirmedBy: FERUZA, status: 'ok' }]);
});

async function movesOf(caseId: string): Promise<unknown[]> {
  const events = (await readEvents(central)).filter((it) => it.case_id === caseId);
  return events.flatMap(({ event, status }) =>
    event.type === 'state.moved' ? [{ by: event.by, confirmedBy: event.confirmedBy, status }] : [],
  );
}

test('wrong PINs are counted over a plug that is pulled and a clock that is moved', async () => {
  const { t } = clerk;
  const tryWrong = async (): Promise<void> => {
    const { page } = clerk;
    await page.locator(`[data-staff="${OKTAM}"]`).click();
    await see(page.getByRole('heading', { name: getStaff(OKTAM).name }));
    await page.locator('#pin').fill('0000');
    await page.locator('#pin').press('Enter');
    await see(page.locator('form [role="alert"]'));
  };
  const again = async (): Promise<void> => {
    await desk.pullPlug();
    await desk.start();
    await see(clerk.page.locator(`[data-staff="${OKTAM}"]`));
  };
  for (let nth = 1; nth <= 4; nth += 1) {
    await again();
    await tryWrong();
  }
  await again();
  await tryWrong();
  await see(clerk.page.getByText(said(t('signIn.locked', { time: ANY }))));
  await setClock(1);
  await again();
  await clerk.page.locator(`[data-staff="${OKTAM}"]`).click();
  await see(clerk.page.locator('#pin:disabled'));
  await setClock(0);
});

test('without a line people come in for thirty days; the screen says how many are left, and what to do at none', async () => {
  const { t } = clerk;
  await desk.pullPlug();
  await setClock(0);
  await desk.start();
  await signIn(clerk, NODIRA);
  await expectStrip(clerk, allSent(clerk));
  line.cut();
  const at = async (days: number): Promise<void> => {
    await desk.pullPlug();
    await setClock(days);
    await desk.start();
    await clerk.page.locator(`[data-staff="${NODIRA}"]`).click();
  };
  await at(3.5);
  await see(clerk.page.getByText(t('signIn.days', { count: 27 })));
  expect(await clerk.page.getByText(t('signIn.days.few')).count()).toBe(0);
  await at(27.5);
  await see(clerk.page.getByText(t('signIn.days', { count: 3 })));
  await see(clerk.page.getByText(t('signIn.days.few')));
  await signIn(clerk, NODIRA);

  // Whoever is in works on, until the lock.
  await setClock(31);
  await beginCase(clerk.page, 'SOC-05');
  await field(clerk.page, 'applicant.surname').fill('Oxirgi');
  await waitUntilSaved(clerk);
  await lock(clerk);
  await refused();
  // The clock set back gives none.
  await at(0);
  await refused();

  line.mend();
  await signIn(clerk, NODIRA);
  await see(draftLink(clerk, 'Oxirgi'));
  await lock(clerk);
  await see(clerk.page.getByText(t('signIn.days', { count: 30 })));

  async function refused(): Promise<void> {
    await see(clerk.page.getByText(t('signIn.no-days')));
    await see(clerk.page.getByText(t('signIn.no-days.next')));
    await clerk.page.locator('#pin').fill('1111');
    await clerk.page.locator('#pin').press('Enter');
    await see(clerk.page.locator('#pin[value=""]'));
    expect(await clerk.page.locator('nav').count()).toBe(0);
  }
});

/** Runs in the page: what RxDB does every 20 seconds, and what else a page can do by itself. */
function pretend(): void {
  setInterval(() => {
    for (const it of ['mousemove', 'pointermove', 'keydown', 'pointerdown', 'wheel']) {
      document.dispatchEvent(new Event(it, { bubbles: true }));
    }
  }, 100);
}

/** Runs in the page: more than a second goes by there. */
function looksTwice(): boolean {
  const since = (window as { since?: number }).since ?? performance.now();
  (window as { since?: number }).since = since;
  return performance.now() - since > 2_500;
}
