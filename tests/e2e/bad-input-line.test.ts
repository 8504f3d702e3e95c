import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageKey } from '../../renderer/i18n/messages.ts';
import { openCentral, type TestCentral } from './parts/central.ts';
import { findCentralFaults } from './parts/central-faults.ts';
import {
  allSent,
  type Clerk,
  createClerk,
  expectStrip,
  goTo,
  PATIENCE_MS,
  readStrip,
  see,
  signIn,
  syncNow,
} from './parts/clerk.ts';
import { listCases } from './parts/clerk-case.ts';
import { agreeAndFinish, field, fillShortCase, showAddress, takeShortCase } from './parts/counter.ts';
import { openDesk, type TestDesk } from './parts/desk.ts';
import { type Lie, type LyingLine, openLyingLine } from './parts/lying-line.ts';
import { ANY, said } from './parts/said.ts';
import { enrolScripted, toOpened } from './parts/scripted-desk.ts';

const PORTAL = '<!doctype html><title>Free Wi-Fi</title><h1>Sign in to the network</h1>';
const refuse = (
  status: number,
  error: string,
  more: object = {},
  headers: Record<string, string> = {},
): Lie => ({
  status,
  headers,
  body: JSON.stringify({ error, ...more }),
});

type Case = { name: string; path: string; lie: Lie; strip: MessageKey; trouble: MessageKey; held?: true };
const LIES: Case[] = [
  {
    name: 'a page of a captive portal',
    path: '/v1/',
    lie: { status: 200, body: PORTAL, contentType: 'text/html' },
    strip: 'strip.not-central',
    trouble: 'trouble.not-central-html',
  },
  {
    name: 'a redirect to a captive portal',
    path: '/v1/',
    lie: { status: 302, body: '', headers: { location: 'http://portal.example/' } },
    strip: 'strip.not-central',
    trouble: 'trouble.not-central-html',
  },
  {
    name: 'JSON of somebody else',
    path: '/v1/',
    lie: { status: 200, body: '{"status":"ok"}' },
    strip: 'strip.not-central',
    trouble: 'trouble.not-central-unreadable',
  },
  {
    name: 'a proxy in place of a dead server',
    path: '/v1/',
    lie: { status: 502, body: '<h1>502 Bad Gateway</h1>', contentType: 'text/html' },
    strip: 'strip.not-central',
    trouble: 'trouble.not-central-html',
  },
  {
    name: '401',
    path: '/v1/',
    lie: refuse(401, 'unauthorised'),
    strip: 'strip.not-admitted',
    trouble: 'trouble.unauthorised',
    held: true,
  },
  {
    name: '403 for a revoked desk',
    path: '/v1/',
    lie: refuse(403, 'device-revoked'),
    strip: 'strip.not-admitted',
    trouble: 'trouble.device-revoked',
    held: true,
  },
  {
    name: '409 gap',
    path: '/v1/push/',
    lie: refuse(409, 'gap', { expected: 1 }),
    strip: 'strip.later',
    trouble: 'trouble.gap',
  },
  {
    name: '409 must-refetch',
    path: '/v1/push/',
    lie: refuse(409, 'must-refetch'),
    strip: 'strip.later',
    trouble: 'trouble.must-refetch',
  },
  {
    name: '413',
    path: '/v1/push/',
    lie: refuse(413, 'too-large'),
    strip: 'strip.later',
    trouble: 'trouble.too-large',
  },
  {
    name: '422',
    path: '/v1/push/',
    lie: refuse(422, 'unreadable'),
    strip: 'strip.later',
    trouble: 'trouble.unreadable',
  },
  {
    name: '426',
    path: '/v1/',
    lie: refuse(426, 'update-needed', { min: 7, max: 9 }),
    strip: 'strip.update',
    trouble: 'trouble.update-needed',
    held: true,
  },
  {
    name: '429 with Retry-After',
    path: '/v1/',
    lie: refuse(429, 'too-many', {}, { 'retry-after': '120' }),
    strip: 'strip.later',
    trouble: 'trouble.too-many',
  },
  {
    name: '500',
    path: '/v1/push/',
    lie: refuse(500, 'internal'),
    strip: 'strip.later',
    trouble: 'trouble.internal',
  },
  {
    name: '503 with Retry-After',
    path: '/v1/',
    lie: refuse(503, 'unavailable', {}, { 'retry-after': '120' }),
    strip: 'strip.later',
    trouble: 'trouble.unavailable',
  },
  {
    name: 'an answer cut in half',
    path: '/v1/',
    lie: { status: 200, body: JSON.stringify({ epoch: 'e'.repeat(400) }), cutAfter: 200 },
    strip: 'strip.offline',
    trouble: 'trouble.offline-cut',
  },
];
/** A round is one to four requests; rounds start 1, 2, 4 … s apart. A loop without a wait makes hundreds. */
const MOST_REQUESTS = 40;

let central: TestCentral;
let line: LyingLine;
let desk: TestDesk;
let clerk: Clerk;
let number: string;
let address: string;
let asked = 0;

beforeAll(async () => {
  central = await openCentral();
  line = await openLyingLine(central.url);
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: line.url });
  clerk = createClerk(desk);
  desk.page.on('request', (it) => {
    if (it.url().includes('/central/v1/')) asked += 1;
  });
  await signIn(clerk, 'baxmal-clerk-1');
});
afterAll(async () => {
  await desk?.close();
  await line?.close();
  await central?.close();
});

test('while nobody lies, a case is sent', async () => {
  number = await takeShortCase(desk.page, 'Xolmatova');
  await syncNow(clerk);
  await listCases(clerk);
  await desk.page.getByRole('link', { name: number }).click();
  await see(desk.page.getByRole('heading', { name: number }));
  address = new URL(desk.page.url()).hash;
});
describe('what answers in place of the central server', () => {
  test.each(LIES)(
    '$name: said in words, nothing is lost, sent once',
    async ({ name, path, lie, strip, trouble, held }) => {
      const { t, page } = clerk;
      line.lie(path, lie);
      asked = 0;
      const note = `Eslatma: ${name}`;
      await addNote(note);
      await expectStrip(clerk, said(`${t('strip.waiting', { count: 1 })} · ${t(strip, { since: ANY })}`));

      await goTo(clerk, 'sync');
      const situation = page.getByRole('main').getByRole('status').first();
      const words = await situation.innerText();
      expect(words).toMatch(said(t(trouble, { since: ANY })));
      expect(words).toContain(t(held ? 'sync.safe.held' : 'sync.safe.cases', { count: 1 }));
      expect(words).toContain(t(`${trouble}.next` as MessageKey));

      await listCases(clerk);
      await page.getByRole('link', { name: number }).click();
      await see(page.getByText(note));
      expect(asked).toBeLessThan(MOST_REQUESTS);

      line.lie(path, null);
      await syncNow(clerk);
      expect(await countNotes(note)).toBe(1);
    },
  );

  test('at the end the centre has everything once and in order, and nobody is needed', async () => {
    expect(await findCentralFaults(central)).toEqual([]);
    expect(await readStrip(clerk)).toMatch(allSent(clerk));
    const rows = await central.sql<{ count: number }>(
      "select count(*) as count from event where status <> 'ok'",
    );
    expect(rows).toEqual([{ count: 0 }]);
  });
});

test.each([
  [401, 'unauthorised'],
  [403, 'device-revoked'],
  [403, 'not-allowed'],
])('%d %s: the next visitor is served all the same', async (status, error) => {
  line.lie('/v1/', refuse(status, error));
  const taken = await takeShortCase(desk.page, 'Navbatdagi');
  await see(
    desk.page
      .getByText(said(clerk.t('finished.offline', { time: ANY })))
      .or(desk.page.getByText(said(clerk.t('finished.waiting', { time: ANY })))),
  );
  expect(await listCases(clerk)).toContain(taken);
  line.lie('/v1/', null);
  await syncNow(clerk);
  const rows = await central.sql<{ n: number }>(
    "select n from event where event->>'type' = 'case.opened' and event->'body'->>'number' = $1",
    [taken],
  );
  expect(rows).toHaveLength(1);
});

test('a case of a service that this desk does not know can be read, and holds nothing up', async () => {
  const { t, page } = clerk;
  const other = await enrolScripted(central.url, { desk: '2', code: 'DEMO-BAXMAL' });
  const opened = toOpened({
    number: '1708204-26-02000001-05',
    service: 'NEW-99',
    answers: { 'applicant.surname': 'Nomaʼlumova', 'form.hovli': 'Katta hovli' },
  });
  expect(await other.tell('case-of-new-service', opened)).toMatchObject({ status: 'ok' });
  await syncNow(clerk);
  await listCases(clerk);
  const row = page.getByRole('link', { name: '1708204-26-02000001-05' });
  await see(row.getByText(t('service.unknown', { code: 'NEW-99' })));
  await row.click();
  await see(page.getByText(t('case.serviceUnknown', { code: 'NEW-99' })));
  await see(page.getByText(t('case.serviceUnknown.next')));
  await see(page.getByText('Katta hovli'));
  await addNote('Eslatma: yangi xizmat', '#/cases/case-of-new-service');
  await syncNow(clerk);
  expect(await countNotes('Eslatma: yangi xizmat')).toBe(1);
});

test('what is too long for this centre is said in words, stays on the screen and goes when it is shorter', async () => {
  const { t, page } = clerk;
  await hearLimit(1_600);
  await showAddress(page, address);
  const box = page.getByRole('textbox', { name: t('case.notes.text') });
  const long = 'Eslatma: uzun '.repeat(100).trim();
  await box.fill(long);
  await box.press('Control+Enter');
  await see(page.getByText(t('save.too-large')));
  expect(await isInSight(page.getByText(t('save.too-large')))).toBe(true);
  expect(await box.inputValue()).toBe(long);
  await box.fill('Eslatma: qisqa');
  await box.press('Control+Enter');
  await see(page.getByRole('listitem').getByText('Eslatma: qisqa'));
  expect(await page.getByText(t('save.too-large')).count()).toBe(0);

  await fillShortCase(page, 'Uzunova');
  await agreeAndFinish(page);
  await see(page.getByText(t('intake.too-large'), { exact: true }));
  await see(page.getByText(t('intake.too-large.next')));
  expect(await isInSight(page.getByText(t('intake.too-large.next')))).toBe(true);
  const intake = new URL(page.url()).hash;
  await hearLimit(262_144);
  await showAddress(page, intake);
  await field(page, 'applicant.surname').waitFor();
  await page.keyboard.press('F9');
  await see(page.locator('[data-case-number]'));
  await syncNow(clerk);
  expect([await countNotes('Eslatma: qisqa'), await countNotes(long)]).toEqual([1, 0]);
});

/** Returns when the desk goes by a largest body of so many bytes: it has asked once more after it was told. */
async function hearLimit(bodyBytes: number): Promise<void> {
  let told = 0;
  line.edit('/v1/hello', (hello) => {
    told += 1;
    return { ...hello, limits: { bodyBytes, events: 500, fileBytes: 1 } };
  });
  const askAgain = async (): Promise<number> => {
    await syncNow(clerk);
    return told;
  };
  await expect.poll(askAgain, { timeout: PATIENCE_MS }).toBeGreaterThan(1);
}

/** On the screen as it is scrolled now, whole. */
async function isInSight(what: Locator): Promise<boolean> {
  const box = await what.boundingBox();
  const height = clerk.page.viewportSize()?.height ?? 0;
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}

async function addNote(text: string, at = address): Promise<void> {
  const { page, t } = clerk;
  await showAddress(page, at);
  const box = page.getByRole('textbox', { name: t('case.notes.text') });
  await box.fill(text);
  await box.press('Control+Enter');
  await see(page.getByRole('listitem').getByText(text));
}

async function countNotes(text: string): Promise<number> {
  const rows = await central.sql("select n from event where event->'body'->>'text' = $1", [text]);
  return rows.length;
}
