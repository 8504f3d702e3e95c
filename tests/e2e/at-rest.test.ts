import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { allSent, type Clerk, createClerk, expectStrip, SYNCED, see, signIn } from './parts/clerk.ts';
import { openCase } from './parts/clerk-case.ts';
import { dropFile, waitUntilSaved } from './parts/clerk-intake.ts';
import { beginCase, field, showAddress, takeShortCase } from './parts/counter.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';
import { findInFiles } from './parts/find-in-files.ts';
import { findFreePort } from './parts/free-port.ts';
import { readSeed } from './parts/seed.ts';

const run = promisify(execFile);

const PLANTED = {
  sent: 'Zarqandarova',
  other: 'Жўраҳонқулова',
  draft: 'Бўрибекзода',
  note: 'Qo‘ng‘iroq qilinsin',
  unsaved: 'Ертага яна келади',
  scan: 'OF-A-SCANNED-PAPER-7391',
};
const TEXTS = Object.values(PLANTED);
const FOREIGN = 'A-FIELD-THAT-IS-KEPT';

let server: TestCentral;
let desk: BrowserDesk;
let clerk: Clerk;
let folder: string;
/** Of station and browser: what they leave while they work lies here too. */
let temporary: string;
const before = process.env.TMPDIR;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darcha-at-rest-'));
  // The centre is another computer's, and has all in clear.
  server = await openCentral();
  temporary = await mkdtemp(join(tmpdir(), 'darcha-temporary-'));
  process.env.TMPDIR = temporary;
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: server.url });
  clerk = createClerk(desk);
});
afterAll(async () => {
  await desk?.close();
  await server?.close();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  for (const it of [folder, temporary]) await rm(it, { recursive: true, force: true });
});

test('what is looked for is found where it is in clear, in each of its forms', async () => {
  const forms = {
    text: Buffer.from(`x${PLANTED.other}y`),
    wide: Buffer.from(PLANTED.other, 'utf16le'),
    json: Buffer.from(
      '\\u0416\\u045e\\u0440\\u0430\\u04b3\\u043e\\u043d\\u049b\\u0443\\u043b\\u043e\\u0432\\u0430',
    ),
    link: Buffer.from(encodeURIComponent(PLANTED.other)),
    base64: Buffer.from(Buffer.from(`{"name":"${PLANTED.other}"}`).toString('base64')),
  };
  await mkdir(join(folder, 'deep'));
  for (const [name, bytes] of Object.entries(forms)) await writeFile(join(folder, 'deep', name), bytes);
  expect((await findInFiles(folder, TEXTS)).sort()).toEqual(
    Object.keys(forms)
      .sort()
      .map((it) => `deep/${it}: ${PLANTED.other}`),
  );
});

test('after a day of work nothing of a citizen can be read on the disk of the desk', async () => {
  const { page, t } = clerk;
  await signIn(clerk, 'baxmal-clerk-1');
  await takeShortCase(page, PLANTED.sent);
  const number = await takeShortCase(page, PLANTED.other);
  await openCase(clerk, number);
  await page.getByRole('textbox', { name: t('case.notes.text') }).fill(PLANTED.note);
  await page.getByRole('button', { name: t('case.notes.add') }).click();
  await see(page.getByText(PLANTED.note));
  await expectStrip(clerk, allSent(clerk));
  await page.getByRole('textbox', { name: t('case.notes.text') }).pressSequentially(PLANTED.unsaved);
  await untilFieldsAreKept(page);
  expect(await findInFiles(desk.data, TEXTS)).toEqual([]);
  await beginCase(page, 'SOC-03');
  await field(page, 'applicant.surname').fill(PLANTED.draft);
  await dropFile(clerk, t('documents.other'), {
    name: 'scan.png',
    mime: 'image/png',
    bytes: Buffer.from(PLANTED.scan),
  });
  await waitUntilSaved(clerk);
  await showAddress(page, '#/cases');
  await see(page.locator('[data-row]').first());
  expect(await findInFiles(desk.data, TEXTS)).toEqual([]);

  // Also what is only written when it ends, and when it is opened again.
  await desk.context.close();
  expect(await findInFiles(desk.data, TEXTS)).toEqual([]);
  await desk.pullPlug();
  await desk.start();
  await signIn(clerk, 'baxmal-clerk-1');
  await showAddress(clerk.page, '#/cases');
  await see(clerk.page.getByText(PLANTED.other).first());
  expect(await findInFiles(desk.data, TEXTS)).toEqual([]);
  expect(desk.data.startsWith(temporary)).toBe(true);
  expect(await findInFiles(temporary, TEXTS)).toEqual([]);
});

test('nothing by which anybody is known can be read there either', async () => {
  const verifiers = readSeed().credentials.flatMap((it) => it.hash.split('$').slice(-2));
  expect(verifiers.length).toBeGreaterThan(10);
  expect(await findInFiles(desk.data, ['$argon2id$', ...verifiers])).toEqual([]);
  const seen = await clerk.page.evaluate(() => document.documentElement.outerHTML);
  expect(seen).not.toContain('argon2id');
});

test('a copy of the folder says on another computer that it is locked, shows nothing and changes nothing', async () => {
  const copy = join(folder, 'copy');
  await cp(desk.data, copy, { recursive: true, filter: (it) => !it.includes('Singleton') });
  const before = await readFile(join(copy, 'keys.json'));
  const port = String(await findFreePort());
  const args = ['out/browser/main.js', '--data', copy, '--port', port, '--show', 'none'];
  const central = ['--central', server.url, '--desk', '1', '--code', 'DEMO-BAXMAL'];
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'home') };
  const ended = await run(process.execPath, [...args, ...central], { env }).catch((error) => error);

  expect(ended).toMatchObject({ code: 8, stdout: '' });
  expect(ended.stderr).toContain('sealed with a key that this user of this computer does not have');
  expect(await readFile(join(copy, 'keys.json'))).toEqual(before);
});

/** A browser keeps what stands in fields, for a crash; seen by a field that is none of ours. */
async function untilFieldsAreKept(page: Page): Promise<void> {
  await page.evaluate(() => {
    const foreign = document.createElement('textarea');
    foreign.id = 'foreign';
    document.body.append(foreign);
  });
  await page.locator('#foreign').pressSequentially(FOREIGN);
  await expect.poll(() => findInFiles(desk.data, [FOREIGN]), SYNCED).not.toEqual([]);
  await page.locator('#foreign').evaluate((it) => it.remove());
}
