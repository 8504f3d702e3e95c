import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTranslate } from '../../renderer/i18n/messages.ts';
import { openCentral, type TestCentral } from './parts/central.ts';
import { createClerk, goTo, SYNC_PATIENCE_MS, signIn } from './parts/clerk.ts';
import { draftLink, SPECIMEN_CARD } from './parts/clerk-intake.ts';
import { beginCase, field } from './parts/counter.ts';
import { openDesk, type TestDesk } from './parts/desk.ts';
import { ANY, said } from './parts/said.ts';

const t = createTranslate('uz-Latn');
const MB = 1_048_576;

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

describe('a wrong PIN', () => {
  const tryPin = async (page: Page): Promise<string> => {
    await page.locator('#pin').fill('0000');
    await page.locator('#pin').press('Enter');
    const notice = page.locator('form [role="alert"]');
    await page.locator('#pin').and(page.locator('[value=""]')).waitFor();
    return notice.innerText();
  };
  const choose = async (page: Page, id: string): Promise<void> => {
    await page.locator(`[data-staff="${id}"]`).click({ timeout: SYNC_PATIENCE_MS });
  };

  test('counts down to a wait that grows, that holds over a restart and holds nobody else', async () => {
    await choose(desk.page, 'baxmal-clerk-2');
    const answers: string[] = [];
    for (let nth = 1; nth <= 4; nth++) answers.push(await tryPin(desk.page));
    expect(answers).toEqual(
      [4, 3, 2, 1].map((left) => `${t('signIn.wrong')}\n${t('signIn.left', { count: left })}`),
    );

    const locked = said(`${t('signIn.locked', { time: ANY })}\n${t('signIn.locked.next')}`);
    expect(await tryPin(desk.page)).toMatch(locked);
    expect(await secondsLeft(desk.page)).toBeGreaterThan(20);
    expect(await desk.page.locator('#pin').isDisabled()).toBe(true);

    await desk.pullPlug();
    await desk.start();
    await choose(desk.page, 'baxmal-clerk-2');
    await desk.page.locator('form [role="alert"]').waitFor();
    expect(await desk.page.locator('form [role="alert"]').innerText()).toMatch(locked);
    expect(await desk.page.locator('#pin').isDisabled()).toBe(true);

    // It runs off by itself: a clock that is set ends no wait.
    await desk.page.clock.setSystemTime(Date.now() + 86_400_000);
    expect(await secondsLeft(desk.page)).toBeGreaterThan(5);
    await desk.page.locator('#pin:not(:disabled)').waitFor({ timeout: SYNC_PATIENCE_MS });
    await tryPin(desk.page);
    expect(await secondsLeft(desk.page)).toBeGreaterThan(45);
  });

  async function secondsLeft(page: Page): Promise<number> {
    const text = await page.locator('form [role="alert"]').innerText();
    const [, count = '0'] = /(\d+)/.exec(text) ?? [];
    return text.includes(t('signIn.seconds', { count: Number(count) })) ? Number(count) : Number(count) * 60;
  }
});

describe('at an intake', () => {
  beforeAll(async () => {
    await signIn(createClerk(desk), 'baxmal-clerk-1');
    await beginCase(desk.page, 'SOC-03');
    await field(desk.page, 'applicant.surname').fill('Toʻlqinova');
  });

  describe('lines of a document that were misread', () => {
    const CARD = SPECIMEN_CARD.split('\n');
    const PASSPORT = [
      'P<UZBNAMUNAVA<<GULNORA<<<<<<<<<<<<<<<<<<<<<<',
      'FA00000016UZB8402297F34022814290284999002824',
    ];
    const FILLED = ['givenName', 'birthDate', 'pinfl', 'documentNumber', 'documentExpires'];

    beforeAll(async () => {
      await desk.page.getByRole('button', { name: t('mrz.open') }).click();
    });

    test.each([
      ['ID card', 'document-number', CARD, 0, 14],
      ['ID card', 'birth-date', CARD, 1, 6],
      ['ID card', 'expiry', CARD, 1, 14],
      ['ID card', 'composite', CARD, 1, 29],
      ['passport', 'document-number', PASSPORT, 1, 9],
      ['passport', 'birth-date', PASSPORT, 1, 19],
      ['passport', 'expiry', PASSPORT, 1, 27],
      ['passport', 'personal-number', PASSPORT, 1, 42],
      ['passport', 'composite', PASSPORT, 1, 43],
    ] as const)(
      '%s, %s: the clerk is told which, and nothing is filled in',
      async (_, what, lines, line, at) => {
        const { page } = desk;
        await page.locator('[data-mrz-box]').fill(withWrongDigit(lines, line, at));
        const notice = page.locator('#applicant [role="alert"]');
        await notice.filter({ hasText: t(`mrz.bad.${what}`) }).waitFor();
        expect(await notice.innerText()).toBe(`${t(`mrz.bad.${what}`)}\n${t('mrz.bad.next')}`);
        for (const name of FILLED) expect(await field(page, `applicant.${name}`).inputValue()).toBe('');
        expect(await field(page, 'applicant.surname').inputValue()).toBe('Toʻlqinova');
      },
    );

    test('once read well, they fill the applicant', async () => {
      const { page } = desk;
      await page.locator('[data-mrz-box]').fill(SPECIMEN_CARD);
      await page.getByText(said(t('mrz.read', { who: ANY, born: '29.02.1984' }))).waitFor();
      expect(await field(page, 'applicant.pinfl').inputValue()).toBe('42902849990028');
      await page.getByRole('button', { name: t('mrz.undo') }).click();
      expect(await field(page, 'applicant.surname').inputValue()).toBe('Toʻlqinova');
    });
  });

  describe('an impossible PINFL', () => {
    test.each([
      ['too short', '3010180999001', t('pinfl.length', { count: 13, typed: 13, length: 14 })],
      ['too long', '301018099900199', t('pinfl.length', { count: 15, typed: 15, length: 14 })],
      [
        'with letters, which do not get in',
        '30X0180999001O',
        t('pinfl.length', { count: 12, typed: 12, length: 14 }),
      ],
      ['of no century', '70101809990019', t('pinfl.century')],
      ['of no day', '30113809990019', t('pinfl.date')],
      ['with a wrong check digit', '30101809990018', t('pinfl.check-digit')],
    ])('%s: says what is wrong and changes nothing else', async (_, typed, words) => {
      const { page } = desk;
      await field(page, 'applicant.pinfl').fill(typed);
      await field(page, 'applicant.pinfl').blur();
      const wrapper = page.locator('#applicant [data-span]', { has: field(page, 'applicant.pinfl') });
      await wrapper.getByText(words, { exact: true }).waitFor();
      expect(await field(page, 'applicant.pinfl').inputValue()).toBe(typed.replace(/\D/g, ''));
      expect(await field(page, 'applicant.birthDate').inputValue()).toBe('');
      expect(await field(page, 'applicant.surname').inputValue()).toBe('Toʻlqinova');
    });
  });

  test('a file of 50 MB dropped in is refused in words, and the draft stays as it was', async () => {
    const { page } = desk;
    const item = page.locator('[data-item="identity-document"]');
    const dataTransfer = await page.evaluateHandle((bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'skan-katta.pdf', { type: 'application/pdf' }));
      transfer.items.add(new File(['%PDF-1.7 a page'], 'skan.pdf', { type: 'application/pdf' }));
      return transfer;
    }, 50 * MB);
    await item.dispatchEvent('drop', { dataTransfer });
    const notice = item.locator('[role="alert"]');
    await notice.waitFor();
    expect(await notice.innerText()).toMatch(
      said(
        `${t('documents.too-large', { name: 'skan-katta.pdf', limit: ANY })}\n${t('documents.too-large.next')}`,
      ),
    );
    await item.getByText('skan.pdf', { exact: true }).waitFor();

    const clerk = createClerk(desk);
    await goTo(clerk, 'counter');
    await draftLink(clerk, 'Toʻlqinova').click();
    await item.getByText('skan.pdf', { exact: true }).waitFor();
    expect(await item.getByText('skan-katta.pdf').count()).toBe(0);
    expect(await field(page, 'applicant.surname').inputValue()).toBe('Toʻlqinova');
  });
});

function withWrongDigit(lines: readonly string[], line: number, at: number): string {
  return lines
    .map((it, index) => {
      if (index !== line) return it;
      const wrong = (Number(it[at]) + 1) % 10;
      return `${it.slice(0, at)}${wrong}${it.slice(at + 1)}`;
    })
    .join('\n');
}
