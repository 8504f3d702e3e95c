import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { type Clerk, createClerk, goTo, signIn, waitForFirstSync } from './parts/clerk.ts';
import { openDesk, type TestDesk } from './parts/desk.ts';
import { enrolScripted, toOpened } from './parts/scripted-desk.ts';

let central: TestCentral;
let desk: TestDesk;
let clerk: Clerk;
/** Paths of what this desk's window has asked; one that is not answered yet is among them. */
const asked: string[] = [];
beforeAll(async () => {
  central = await openCentral();
  desk = await openDesk({ desk: 'baxmal-1', code: 'DEMO-BAXMAL', central: central.url });
  desk.page.on('request', (it) => asked.push(new URL(it.url()).pathname));
  clerk = createClerk(desk);
  await signIn(clerk, 'baxmal-clerk-1');
  await waitForFirstSync(clerk);
});
afterAll(async () => {
  await desk?.close();
  await central?.close();
});

test('a case of another desk comes on the screen though this one does not ask by itself', async () => {
  const { page } = desk;
  await goTo(clerk, 'cases');
  // A round that follows the opening of the channel is the last for five minutes.
  await expect.poll(() => count('/v1/poke'), { timeout: 60_000 }).toBeGreaterThan(0);
  const other = await enrolScripted(central.url, { desk: 'baxmal-2', code: 'DEMO-BAXMAL' });
  const number = '1708204-26-09000001-00';
  for (let n = 1; n <= 3; n++) {
    const name = `Poke${'abc'[n - 1]}`;
    const before = count('/v1/hello');
    await other.tell(`01a20c86-c67f-70b1-8072-0e4c0fd6a4c${n}`, {
      ...toOpened({ number, service: 'SOC-03', answers: { 'applicant.surname': name } }),
    });
    await expect.poll(() => page.getByText(name).count(), { timeout: 60_000 }).toBeGreaterThan(0);
    expect(count('/v1/hello') - before).toBeGreaterThan(0);
  }
});

function count(ending: string): number {
  return asked.filter((it) => it.endsWith(ending)).length;
}
