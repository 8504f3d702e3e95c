import type { Locator } from 'playwright-core';
import { LANGUAGE_NAMES } from '../../../renderer/components/language-names.ts';
import type { Language } from '../../../renderer/i18n/messages.ts';
import { type Clerk, goTo, PATIENCE_MS, see } from './clerk.ts';
import { formWords, getService } from './seed.ts';

/** An ID card of nobody: the specimen of the domain notes, all check digits right. */
export const SPECIMEN_CARD = [
  'IUUZBAA0000001142902849990028<',
  '8402297F3402281UZB<<<<<<<<<<<0',
  'NAMUNAVA<<GULNORA<<<<<<<<<<<<<',
].join('\n');

/** The name of the specimen as lists show it. */
export const SPECIMEN_NAME = 'Namunava G.';

export type DroppedFile = { name: string; mime: string; bytes: Uint8Array };

/** Searches a service at the counter as a visitor calls it, and begins it with Enter. */
export async function startCase(clerk: Clerk, words: string, code: string): Promise<void> {
  const { page, t, language } = clerk;
  await goTo(clerk, 'counter');
  const search = page.getByRole('combobox', { name: t('counter.search') });
  await search.fill(words);
  const wanted = page.getByRole('option', { name: getService(code).name[language] });
  await see(wanted);
  const options = await page.getByRole('option').allInnerTexts();
  const place = options.findIndex((it) => it.includes(code));
  for (let step = 0; step < place; step += 1) await search.press('ArrowDown');
  await search.press('Enter');
  await see(page.getByRole('heading', { name: getService(code).name[language], level: 1 }));
}

export async function openDraft(clerk: Clerk, name: string): Promise<void> {
  await goTo(clerk, 'counter');
  await draftLink(clerk, name).click({ timeout: PATIENCE_MS });
  await see(clerk.page.getByRole('region', { name: clerk.t('section.applicant') }));
}

export function draftLink({ page, t }: Clerk, name: string): Locator {
  return page.getByRole('region', { name: t('drafts.title') }).getByRole('link', { name });
}

/** Pastes the lines of a document and waits for what comes of it. */
export async function pasteMrz({ page, t }: Clerk, lines: string): Promise<void> {
  await page.getByRole('button', { name: t('mrz.open') }).click();
  await page.getByRole('textbox', { name: t('mrz.open') }).fill(lines);
  await see(page.getByText(t('mrz.compare')));
}

/** Everything about the specimen that its card does not say. */
export async function completeApplicant({ page, t }: Clerk, patronymic: string): Promise<void> {
  const applicant = page.getByRole('region', { name: t('section.applicant') });
  await type(applicant, t('field.patronymic'), patronymic);
  await type(applicant, t('field.phone'), '90 123-45-67');
  await type(applicant, t('field.settlement'), 'Oʻsmat');
}

/** The form of the birth allowance, for one child and a mother with a bank card. */
export async function fillBirthAllowance(clerk: Clerk, child: string): Promise<void> {
  const { page, t, language } = clerk;
  const { label, option } = formWords('SOC-03', language);
  const form = page.getByRole('region', { name: t('section.form') });
  await choose(form, label('applicantRole'), option('applicantRole', 'mother'));
  const newborn = form.getByRole('group', { name: label('children.child'), exact: true });
  await type(newborn, t('field.surname'), 'Namunava');
  await type(newborn, t('field.givenName'), child);
  await type(newborn, t('field.birthDate'), '01.09.2026');
  await type(form, label('children.birthRecordNumber'), '1204');
  await choose(form, label('hasOtherParent'), t('answer.no'));
  await choose(form, label('workplaceKind'), option('workplaceKind', 'unemployed'));
  await choose(form, label('paidBefore'), t('answer.no'));
  await choose(form, label('payoutMethod'), option('payoutMethod', 'card'));
  await type(form, label('cardNumber'), '8600 0000 0000 0000');
}

export async function choosePrintLanguage({ page, t }: Clerk, language: Language): Promise<void> {
  await page.getByLabel(t('summary.print')).selectOption({ label: LANGUAGE_NAMES[language] });
}

/** Both statements that the applicant has to make. */
export async function declare({ page, t }: Clerk): Promise<void> {
  await page.getByRole('checkbox', { name: t('declaration.agreed') }).check();
  await page.getByRole('checkbox', { name: t('consent.agreed') }).check();
}

/** Drops a file on a paper of the checklist. */
export async function dropFile(
  { page, t }: Clerk,
  paper: string,
  { name, mime, bytes }: DroppedFile,
): Promise<void> {
  const row = page
    .getByRole('region', { name: t('section.documents') })
    .getByRole('listitem')
    .filter({ hasText: paper });
  const dataTransfer = await page.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(file.base64), (it) => it.charCodeAt(0));
      transfer.items.add(new File([content], file.name, { type: file.mime }));
      return transfer;
    },
    { name, mime, base64: Buffer.from(bytes).toString('base64') },
  );
  await row.dispatchEvent('drop', { dataTransfer });
  await see(row.getByRole('button', { name: t('documents.remove', { name }) }));
}

/** Waits until the screen says that everything on it is on the disk. */
export async function waitUntilSaved({ page, t }: Clerk): Promise<void> {
  await see(
    page
      .getByRole('complementary', { name: t('summary.title') })
      .getByText(t('saved.saved'), { exact: true }),
  );
}

/** Every field as it stands, in the order of the page, and every file. */
export async function readIntake({ page, t }: Clerk): Promise<{ fields: string[]; files: string[] }> {
  const fields = await page
    .getByRole('main')
    .locator('input:not([type=file]), textarea, select')
    .evaluateAll((all) =>
      (all as HTMLInputElement[]).map((it) => {
        const name = it.dataset.path ?? it.name;
        return it.type === 'radio' || it.type === 'checkbox'
          ? `${name} ${it.value}: ${it.checked}`
          : `${name}: ${it.value}`;
      }),
    );
  const marker = t('documents.remove', { name: '' });
  const buttons = page
    .getByRole('region', { name: t('section.documents') })
    .getByRole('button', { name: marker });
  const files = await buttons.evaluateAll((all) => all.map((it) => it.getAttribute('aria-label') ?? ''));
  return { fields, files };
}

/** F9, and the number as soon as it is on the screen. */
export async function finish({ page, t }: Clerk): Promise<string> {
  await page.keyboard.press('F9');
  return readNumber({ page, t } as Clerk);
}

export async function readNumber({ page, t }: Clerk): Promise<string> {
  await see(page.getByRole('heading', { name: t('finished.title') }));
  return (await page.locator('[data-case-number]').getAttribute('data-case-number')) ?? '';
}

/** Types into a field as it is called. */
export async function type(within: Locator, label: string, text: string): Promise<void> {
  await within.getByRole('textbox', { name: label, exact: true }).fill(text);
}

async function choose(within: Locator, label: string, option: string): Promise<void> {
  const group = within.getByRole('radiogroup', { name: label });
  await group.getByRole('radio', { name: option, exact: true }).check();
}
