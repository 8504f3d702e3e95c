import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCaseNumber } from '#model/case-number';
import { openCentral, type TestCentral } from './parts/central.ts';
import { type Clerk, createClerk, PATIENCE_MS, SYNC_PATIENCE_MS, see, signIn } from './parts/clerk.ts';
import { readPart } from './parts/clerk-case.ts';
import { showAddress } from './parts/counter.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';
import { enrolScripted, toOpened } from './parts/scripted-desk.ts';
import { tellStory } from './parts/tell-story.ts';

/*
 * A station that was taken over sends names, notes and papers made to be run. Whoever opens the case sees letters: every
 * text of a screen is a text node, and the policy of the page would stop what were not.
 */
const RUN = 'window.__pwned=1';
const IMAGE = `<img src=x onerror="${RUN}">`;
const SCRIPT = `</script><script>${RUN}</script>`;
const LINK = `javascript:${RUN}`;
const WORDS = `$t(case.notes) {{count}} %s \u202etxt.exe`;
const CASE = 'case-of-hostile-words';
const NUMBER = formatCaseNumber({ prefix: '1708204', year: 2026, desk: 2, serial: 1 });

let central: TestCentral;
let desk: BrowserDesk;
let clerk: Clerk;

tellStory('hostile-words', () => ({ desk }));

beforeAll(async () => {
  central = await openCentral();
  const hostile = await enrolScripted(central.url, { desk: `2 ${IMAGE}`.slice(0, 40), code: 'DEMO-BAXMAL' });
  const answers = {
    'applicant.kind': 'person',
    'applicant.surname': IMAGE,
    'applicant.givenName': SCRIPT,
    'applicant.patronymic': WORDS,
    'applicant.birthDate': '1984-02-29',
    'applicant.phone': LINK,
    'form.__proto__': IMAGE,
    'form.constructor': IMAGE,
  };
  await hostile.tell(CASE, toOpened({ number: NUMBER, service: 'SOC-03', answers }));
  await hostile.tell(CASE, { type: 'note.added', body: { id: 'n1', text: `${IMAGE} ${SCRIPT} ${WORDS}` } });
  for (const [index, mime] of ['image/svg+xml', 'application/pdf', 'text/html'].entries()) {
    const body = {
      id: `d${index}`,
      item: 'other',
      sha256: `${index}`.repeat(64),
      bytes: 10,
      mime,
      name: `${IMAGE}.png`,
    };
    await hostile.tell(CASE, { type: 'document.attached', body });
  }
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: central.url });
  clerk = createClerk(desk);
  await signIn(clerk, 'baxmal-clerk-1');
});
afterAll(async () => {
  await desk?.close();
  await central?.close();
});

const harm = () =>
  desk.page.evaluate(() => ({
    ran: '__pwned' in window,
    made: document.querySelectorAll('img[src="x"], script:not([src]), [onerror], a[href^="javascript" i]')
      .length,
  }));

test('on the page of the case they are letters', async () => {
  const { page } = clerk;
  await showAddress(page, `#/cases/${CASE}`);
  await see(page.getByRole('heading', { name: NUMBER, level: 1 }), SYNC_PATIENCE_MS);
  const part = await readPart(clerk, 'case.applicant');

  for (const it of [IMAGE, SCRIPT, '{{count}}', '$t(case.notes)']) expect(part).toContain(it);
  await see(page.getByText(`${IMAGE} ${SCRIPT}`).first());
  expect(await harm()).toEqual({ ran: false, made: 0 });
});

test('in the list and in the search they are letters', async () => {
  const { page, t } = clerk;
  await showAddress(page, '#/cases');
  await see(page.getByText(IMAGE).first(), PATIENCE_MS);
  expect(await harm()).toEqual({ ran: false, made: 0 });
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('banner').getByLabel(t('search.label')).fill(NUMBER);
  await see(page.getByRole('option', { name: NUMBER }));
  expect(await harm()).toEqual({ ran: false, made: 0 });
});

test('papers that could run are offered as files, and none is shown', async () => {
  const { page, t } = clerk;
  await showAddress(page, `#/cases/${CASE}`);
  const papers = page.getByRole('region', { name: t('case.documents'), exact: true });
  await see(papers);
  const [shows, saves] = ['case.document.show', 'case.document.save'] as const;
  expect(await papers.getByRole('button', { name: t(saves) }).count()).toBe(3);
  expect(await papers.getByRole('button', { name: t(shows) }).count()).toBe(0);
});
