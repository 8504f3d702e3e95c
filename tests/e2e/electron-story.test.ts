import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { findCentralFaults, readCases } from './parts/central-faults.ts';
import { expectStrip, SYNCED, syncNow, waitingOffline } from './parts/clerk.ts';
import { finish } from './parts/clerk-intake.ts';
import { type DeskOnLine, openDeskOnLine } from './parts/desk-on-line.ts';
import { HAS_ELECTRON, openElectronDesk } from './parts/electron-desk.ts';
import { beginCase, expectOnlyCases, makeFile, readDraft, startAgain } from './parts/offline-case.ts';
import { readDeskCases } from './parts/read-desk-cases.ts';
import { tellStory } from './parts/tell-story.ts';

const CLERK = 'baxmal-clerk-1';

let central: TestCentral;
let baxmal1: DeskOnLine;
let number: string;

tellStory('electron-story', () => ({ 'baxmal-1': baxmal1?.desk }));

beforeAll(async () => {
  process.stdout.write(`electron: ${HAS_ELECTRON ? 'real binary' : 'stand-in (real binary absent)'}\n`);
  central = await openCentral();
  const options = { desk: 'baxmal-1', code: 'DEMO-BAXMAL', staff: CLERK, central: central.url };
  baxmal1 = await openDeskOnLine(options, openElectronDesk);
});

afterAll(async () => {
  await baxmal1?.close();
  await central?.close();
});

describe('a case taken with no line in the Electron shell', () => {
  test('is whole in its draft, every field and file, after the plug was pulled in the middle', async () => {
    baxmal1.line.cut();
    const identity = makeFile('karta.png', 'image/png', 48_000);
    const before = await beginCase(baxmal1, { child: 'Malika', print: 'uz-Latn', identity });
    expect(before.files).toHaveLength(1);
    expect(before.fields).toContain('form.cardNumber: 8600 0000 0000 0000');
    await baxmal1.desk.pullPlug();
    await startAgain(baxmal1, CLERK);
    expect(await readDraft(baxmal1)).toEqual(before);
  });

  test('is there once under its number, and its draft is gone, after the plug was pulled at the number', async () => {
    number = await finish(baxmal1.clerk);
    await baxmal1.desk.pullPlug();
    await startAgain(baxmal1, CLERK);
    await expectOnlyCases(baxmal1, [number]);
    await expectStrip(baxmal1.clerk, waitingOffline(baxmal1.clerk, 1));
  });

  test('reaches the centre once and whole when the line returns and an answer is lost', async () => {
    const { clerk, desk, line } = baxmal1;
    line.loseNextAnswer('POST /v1/push');
    line.mend();
    await syncNow(clerk);
    expect(line.lost()).toBe(1);
    const cases = await readCases(central);
    expect(cases.map((it) => it.number)).toEqual([number]);
    expect(await findCentralFaults(central)).toEqual([]);
    await expect.poll(() => readDeskCases(desk.page), SYNCED).toEqual(cases);
  });
});
