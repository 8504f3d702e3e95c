import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { type Clerk, goTo, PATIENCE_MS, see, toPlain } from './clerk.ts';
import { type } from './clerk-intake.ts';
import type { SavedFile, TestDesk } from './desk.ts';

type AtDesk = { clerk: Clerk; desk: TestDesk };

/** Finds a case by its number in the search box over everything, and opens it. */
export async function openCase(clerk: Clerk, number: string): Promise<void> {
  const { page } = clerk;
  await searchEverything(clerk, number);
  await page.getByRole('option', { name: number }).click({ timeout: PATIENCE_MS });
  await see(page.getByRole('heading', { name: number, level: 1 }));
}

/** Whether the search box over everything finds a case of this number here. */
export async function knowsCase(clerk: Clerk, number: string): Promise<boolean> {
  const { page, t } = clerk;
  const search = await searchEverything(clerk, number);
  const found = page.getByRole('option', { name: number });
  const none = page.getByText(t('search.none'));
  await see(found.or(none));
  const isKnown = await found.isVisible();
  await search.press('Escape');
  return isKnown;
}

async function searchEverything({ page, t }: Clerk, text: string): Promise<Locator> {
  await page.keyboard.press('Control+KeyK');
  const search = page.getByRole('banner').getByLabel(t('search.label'));
  await search.fill(text);
  return search;
}

/** The numbers of all cases in the list of this desk, as the list shows them. */
export async function listCases(clerk: Clerk): Promise<string[]> {
  const { page, t } = clerk;
  await goTo(clerk, 'cases');
  const filters = page.getByRole('group', { name: t('cases.filter') });
  await filters.getByRole('button', { name: t('cases.filter.all') }).click();
  const heading = page.getByRole('heading', { name: t('cases.title'), level: 1 });
  await see(heading);
  const none = page.getByText(t('cases.none'));
  const rows = page.getByRole('list', { name: t('cases.title') }).getByRole('link');
  await see(none.or(rows));
  const texts = await rows.allInnerTexts();
  return texts.map((it) => /\d{7}-\d{2}-\d{8}-\d{2}/.exec(it)?.[0] ?? it).sort();
}

/** What the page of a case says of one part of it: `case.applicant`, `case.form`, `case.documents`. */
export async function readPart(
  { page, t }: Clerk,
  part: 'case.applicant' | 'case.form' | 'case.documents',
): Promise<string> {
  return toPlain(await page.getByRole('region', { name: t(part), exact: true }).innerText());
}

/** Puts one answer right where it stands and waits until it is saved. */
export async function correct(
  { page, t }: Clerk,
  edit: { part: 'case.applicant' | 'case.form'; field: string; label?: string; to: string },
): Promise<void> {
  const part = page.getByRole('region', { name: t(edit.part), exact: true });
  await part.getByRole('button', { name: t('case.edit', { field: edit.field }), exact: true }).click();
  await type(part, edit.label ?? edit.field, edit.to);
  await part.getByRole('button', { name: t('case.edit.save'), exact: true }).click();
  await see(part.getByText(edit.to, { exact: true }));
}

/** Goes from the strip to the conflicts. */
export async function openConflicts({ page, t }: Clerk, count: number): Promise<void> {
  const strip = page.getByRole('contentinfo', { name: t('strip.label') });
  await strip.getByRole('link', { name: t('strip.needYou', { count }) }).click({ timeout: PATIENCE_MS });
  await see(page.getByRole('heading', { name: t('conflicts.title'), level: 1 }));
}

export function conflictCard({ page, t }: Clerk, field: string): Locator {
  return page.getByRole('region', { name: t('conflicts.field', { field }) });
}

/** Settles the conflict that has the focus by its key: 1 keeps, 2 takes the offered value. */
export async function settleByKey(clerk: Clerk, field: string, key: '1' | '2'): Promise<void> {
  const card = conflictCard(clerk, field);
  await expect.poll(() => card.evaluate((it) => it === document.activeElement)).toBe(true);
  await clerk.page.keyboard.press(key);
  await card.waitFor({ state: 'detached', timeout: PATIENCE_MS });
}

/** The receipt as a file, from the page of the case. */
export async function saveReceiptAgain({ clerk: { page, t }, desk }: AtDesk): Promise<SavedFile> {
  await page.getByRole('button', { name: t('case.receipt'), exact: true }).click();
  return desk.saved(() => page.getByRole('menuitem', { name: t('case.receipt.save') }).click());
}

/** The receipt as a file, from the page that gave the number. */
export function saveReceipt({ clerk: { page, t }, desk }: AtDesk): Promise<SavedFile> {
  return desk.saved(() => page.getByRole('button', { name: t('finished.save') }).click());
}
