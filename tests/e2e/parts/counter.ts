import type { Locator, Page } from 'playwright-core';

/** Goes to a screen by its address, as a link would: no reload, nobody is signed out. */
export async function showAddress(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}

/** Begins a case from the counter by the code of its service. */
export async function beginCase(page: Page, service: string): Promise<void> {
  await showAddress(page, '#/');
  await page.locator('main [role="combobox"]').fill(service);
  await page.locator('main [role="option"]').first().click();
  await field(page, 'applicant.surname').waitFor();
}

/** A whole case of the shortest service, from the counter to its number. */
export async function takeShortCase(page: Page, surname: string): Promise<string> {
  await fillShortCase(page, surname);
  await agreeAndFinish(page);
  return (await page.locator('[data-case-number]').getAttribute('data-case-number')) ?? '';
}

/** The shortest service, all of it but the declarations. */
export async function fillShortCase(page: Page, surname: string): Promise<void> {
  await beginCase(page, 'SOC-05');
  await field(page, 'applicant.surname').fill(surname);
  await field(page, 'applicant.givenName').fill('Aziza');
  await field(page, 'applicant.birthDate').fill('29.02.1984');
  await field(page, 'form.period').first().check();
}

/** Both declarations, then the key that finishes. */
export async function agreeAndFinish(page: Page): Promise<void> {
  await field(page, 'declaration.confirmed').check();
  await field(page, 'declaration.personalData').check();
  await page.keyboard.press('F9');
}

/** An input of the intake by its path. */
export function field(page: Page, path: string): Locator {
  return page.locator(`[data-path="${path}"]`);
}
