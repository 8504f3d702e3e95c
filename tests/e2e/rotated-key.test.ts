import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { allSent, createClerk, expectStrip, SYNCED, see, signIn } from './parts/clerk.ts';
import { waitUntilSaved } from './parts/clerk-intake.ts';
import { beginCase, field, showAddress, takeShortCase } from './parts/counter.ts';
import { type BrowserDesk, openDesk } from './parts/desk.ts';

const run = promisify(execFile);

let server: TestCentral;
let desk: BrowserDesk;
beforeAll(async () => {
  server = await openCentral();
  desk = await openDesk({ desk: '1', code: 'DEMO-BAXMAL', central: server.url });
});
afterAll(async () => {
  await desk?.close();
  await server?.close();
});

test('under a new key a clerk finds every case and the draft, in a copy of another name', async () => {
  const clerk = createClerk(desk);
  await signIn(clerk, 'baxmal-clerk-1');
  await takeShortCase(clerk.page, 'Zarqandarova');
  await expectStrip(clerk, allSent(clerk));
  await beginCase(clerk.page, 'SOC-03');
  await field(clerk.page, 'applicant.surname').fill('Boʻribekzoda');
  await waitUntilSaved(clerk);
  const before = await readKeyId();
  await desk.pullPlug();
  await run(process.execPath, ['out/browser/main.js', '--data', desk.data, '--rotate-key']);
  await desk.start();

  const { page } = createClerk(desk);
  await signIn(createClerk(desk), 'baxmal-clerk-1');
  await see(page.getByText('Boʻribekzoda').first());
  await showAddress(page, '#/cases');
  await see(page.getByText('Zarqandarova').first());
  const after = await readKeyId();
  expect(after).not.toBe(before);
  const names = () => page.evaluate(async () => (await indexedDB.databases()).flatMap((it) => it.name ?? []));
  await expect.poll(async () => (await names()).filter((it) => it.includes(before)), SYNCED).toEqual([]);
  expect((await names()).filter((it) => it.includes(after))).not.toEqual([]);
});

async function readKeyId(): Promise<string> {
  const { keys } = JSON.parse(await readFile(join(desk.data, 'keys.json'), 'utf8')) as {
    keys: { id: string }[];
  };
  return keys[0]?.id ?? '';
}
