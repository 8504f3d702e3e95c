import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { findCentralFaults, readCases } from './parts/central-faults.ts';
import { allSent, createClerk, expectStrip, PATIENCE_MS, SYNC_PATIENCE_MS, see } from './parts/clerk.ts';
import { openDesk, type TestDesk } from './parts/desk.ts';
import { getStaff } from './parts/seed.ts';

async function becomes<T>(ask: () => Promise<T>, wanted: T): Promise<void> {
  await expect.poll(ask, { timeout: PATIENCE_MS }).toBe(wanted);
}

/** Slower than a reader, quicker than a person. */
const KEY_MS = 50;

let central: TestCentral;
let desk: TestDesk;
beforeAll(async () => {
  central = await openCentral();
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: central.url });
});
afterAll(async () => {
  await desk?.close();
  await central?.close();
});

test('a birth allowance is taken from the sign-in to the next visitor without a mouse', async () => {
  const { page } = desk;
  const clerk = createClerk(desk);
  const { t } = clerk;
  const type = (text: string): Promise<void> => page.keyboard.type(text, { delay: KEY_MS });
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key, { delay: KEY_MS });
  };
  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('data-path') ?? null);
  const ask = (what: 'id' | 'role' | 'textContent') => (): Promise<string | null | undefined> =>
    page.evaluate((it) => document.activeElement?.[it], what);
  const [id, role, words] = [ask('id'), ask('role'), ask('textContent')];
  /** Enter by Enter, as a clerk goes past fields that stay empty. */
  const enterTo = async (path: string): Promise<void> => {
    for (let step = 0; (await focused()) !== path; step++) {
      if (step > 40) throw new Error(`Enter does not lead to ${path}, it stands at ${await focused()}`);
      const isLong = await page.evaluate(() => document.activeElement instanceof HTMLTextAreaElement);
      await press(isLong ? 'Control+Enter' : 'Enter');
    }
  };

  await see(page.locator('#pin'), SYNC_PATIENCE_MS);
  await becomes(id, 'pin');
  await press('Shift+Tab', 'ArrowDown');
  await becomes(role, 'radio');
  await see(page.getByRole('heading', { name: getStaff('baxmal-clerk-1').name }));
  await press('Enter');
  await becomes(id, 'pin');
  await type('1111');
  await press('Enter');

  await becomes(role, 'combobox');
  await press('Alt+Digit2');
  await see(page.getByRole('heading', { name: t('cases.title'), level: 1 }));
  await press('F2');
  await becomes(role, 'combobox');
  await type('nafaqa');
  const options = page.locator('main [role="option"]');
  await see(options);
  const place = (await options.allInnerTexts()).findIndex((it) => it.includes('SOC-03'));
  await press(...Array<string>(place).fill('ArrowDown'), 'Enter');
  await see(page.locator('[data-path="applicant.pinfl"]'));

  await becomes(focused, 'applicant.pinfl');
  await type('42902849990028');
  await press('Enter');
  expect(await focused()).toBe('applicant.birthDate');
  await enterTo('applicant.surname');
  await type('Namunava');
  await press('Enter');
  await type('Gulnora');
  await enterTo('applicant.phone');
  await type('901234567');
  await enterTo('applicant.address.region');
  await type('Jizzax');
  await press('Enter');
  expect(await focused()).toBe('applicant.address.district');
  await type('Baxmal');
  await press('Enter');

  await enterTo('form.applicantRole');
  await press('Space');
  await enterTo('form.children.0.child.birthDate');
  await type('01.09.2026');
  await enterTo('form.children.0.child.surname');
  await press('Shift+Enter');
  expect(await focused()).toBe('form.children.0.child.sex');
  await enterTo('form.children.0.child.surname');
  await type('Namunava');
  await press('Enter');
  expect(await focused()).toBe('form.children.0.child.givenName');
  await type('Oysha');
  await enterTo('form.hasOtherParent');
  await press('Space', 'ArrowRight');
  await enterTo('form.workplaceKind');
  await press('Space', 'ArrowLeft');
  await enterTo('form.paidBefore');
  await press('Space', 'ArrowRight');
  await enterTo('form.payoutMethod');
  await press('Space');
  await enterTo('declaration.confirmed');
  await press('Space', 'F9');

  // What is in the way has the focus, and Enter leads to it.
  await see(page.getByText(t('finish.walls', { count: 2 })));
  await press('Enter');
  await becomes(focused, 'form.cardNumber');
  await type('8600000000000000');
  await enterTo('declaration.personalData');
  await press('Space', 'F9');

  await see(page.getByRole('heading', { name: t('finished.title') }));
  await becomes(async () => (await words())?.includes(t('finished.next')), true);
  await press('Enter');
  await becomes(role, 'combobox');

  await expectStrip(clerk, allSent(clerk));
  const cases = await readCases(central);
  expect(cases.map((it) => it.answers)).toEqual([
    {
      'applicant.kind': 'person',
      'applicant.citizenship': 'UZB',
      'applicant.pinfl': '42902849990028',
      'applicant.birthDate': '1984-02-29',
      'applicant.sex': 'f',
      'applicant.surname': 'Namunava',
      'applicant.givenName': 'Gulnora',
      'applicant.phone': '+998901234567',
      'applicant.address.region': '1708',
      'applicant.address.district': '1708204',
      'form.applicantRole': 'mother',
      'form.children.0.child.surname': 'Namunava',
      'form.children.0.child.givenName': 'Oysha',
      'form.children.0.child.birthDate': '2026-09-01',
      'form.hasOtherParent': false,
      'form.workplaceKind': 'unemployed',
      'form.paidBefore': false,
      'form.payoutMethod': 'card',
      'form.cardNumber': '8600000000000000',
      'declaration.confirmed': true,
      'declaration.personalData': true,
    },
  ]);
  expect(await findCentralFaults(central)).toEqual([]);
});
