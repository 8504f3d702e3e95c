import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { createTranslate, type Language, type Translate } from '../../../renderer/i18n/messages.ts';
import { getStaff } from './seed.ts';

/** Somebody at a desk: reads the screen in one language, by what stands on it. */
export type Clerk = {
  /** The page of the desk as it is now; another after the plug was pulled. */
  readonly page: Page;
  readonly language: Language;
  readonly t: Translate;
};

/** As long as anything on a screen may take on a machine that has other work. */
export const PATIENCE_MS = 30_000;
/** A round of the sync waits fifteen seconds when nothing is asked of it. */
export const SYNC_PATIENCE_MS = 60_000;
/** For `expect.poll`: what another desk has sent is there after a round, and no sign says which. */
export const SYNCED = { timeout: SYNC_PATIENCE_MS, interval: 250 };

export function createClerk(desk: { readonly page: Page }, language: Language = 'uz-Latn'): Clerk {
  return {
    get page() {
      return desk.page;
    },
    language,
    t: createTranslate(language),
  };
}

/** Waits until something is on the screen. */
export async function see(what: Locator, timeout = PATIENCE_MS): Promise<void> {
  await what.first().waitFor({ state: 'visible', timeout });
}

/** Chooses the own name, types the PIN, and waits for the counter. */
export async function signIn({ page, t }: Clerk, staffId: string): Promise<void> {
  const { name, demoPin = '' } = getStaff(staffId);
  const person = page.getByRole('radio', { name });
  await see(person, SYNC_PATIENCE_MS);
  await person.click();
  await see(page.getByRole('heading', { name }));
  await page.getByLabel(t('signIn.pin'), { exact: true }).fill(demoPin);
  await page.getByRole('button', { name: t('signIn.enter') }).click();
  await see(page.getByRole('navigation', { name: t('frame.nav') }));
}

/** Goes on after the lock, as whoever has locked the desk. */
export async function unlock({ page, t }: Clerk, staffId: string): Promise<void> {
  const { name, demoPin = '' } = getStaff(staffId);
  await see(page.getByRole('heading', { name }));
  await page.getByLabel(t('signIn.pin'), { exact: true }).fill(demoPin);
  await page.getByRole('button', { name: t('lock.open') }).click();
  await see(page.getByRole('navigation', { name: t('frame.nav') }));
}

/** The key that locks, and nothing of the screens is there any more. */
export async function lock({ page, t }: Clerk): Promise<void> {
  await page.keyboard.press('Control+KeyL');
  await see(page.getByRole('heading', { name: t('lock.title') }));
}

export async function goTo(
  { page, t }: Clerk,
  place: 'counter' | 'cases' | 'reports' | 'sync',
): Promise<void> {
  const sections = page.getByRole('navigation', { name: t('frame.nav') });
  await sections.getByRole('link', { name: t(`nav.${place}`) }).click();
}

/** What the status strip says of the sync: `1 waiting · offline since 10:42`. */
export async function readStrip({ page, t }: Clerk): Promise<string> {
  const strip = page.getByRole('contentinfo', { name: t('strip.label') });
  // What needs somebody stands in the same part, behind it.
  return toPlain(await strip.getByRole('status').getByRole('link').first().innerText());
}

/** `14 waiting · offline since 10:42`, with any time. */
export function waitingOffline({ t }: Clerk, cases: number): RegExp {
  return new RegExp(`^${t('strip.waiting', { count: cases })} · ${t('strip.offline', { since: TIME })}$`);
}

/** `All sent · 11:04`, with any time. */
export function allSent({ t }: Clerk): RegExp {
  return new RegExp(`^${t('strip.allSent')} · ${TIME}$`);
}

const TIME = '\\d\\d:\\d\\d';

export async function expectStrip(clerk: Clerk, said: RegExp): Promise<void> {
  await expect.poll(() => readStrip(clerk), SYNCED).toMatch(said);
}

/**
 * Presses *sync now* until the strip says that all is sent: what a clerk in a hurry does.
 *
 * What came down by then is another matter: a desk with nothing to send says so before it has asked.
 */
export async function syncNow(clerk: Clerk): Promise<void> {
  const { page, t } = clerk;
  await goTo(clerk, 'sync');
  const button = page.getByRole('button', { name: t('sync.now') });
  await expect
    .poll(
      async () => {
        if (await button.isEnabled()) await button.click();
        return readStrip(clerk);
      },
      { timeout: SYNC_PATIENCE_MS, interval: 500 },
    )
    .toMatch(allSent(clerk));
}

/** Waits until everything there is at the centre has come to a new desk: without it no case can be taken. */
export async function waitForFirstSync(clerk: Clerk): Promise<void> {
  const { page, t } = clerk;
  await goTo(clerk, 'sync');
  await see(page.getByText(t('sync.lastFull'), { exact: true }));
  const never = page.getByText(t('sync.never'), { exact: true });
  await never.first().waitFor({ state: 'hidden', timeout: SYNC_PATIENCE_MS });
  await goTo(clerk, 'counter');
}

/** Text as it reads: no-break spaces are spaces. */
export function toPlain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
