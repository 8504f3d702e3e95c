import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { findCentralFaults, readCases } from './parts/central-faults.ts';
import { allSent, expectStrip, goTo, SYNCED, see, syncNow, waitingOffline } from './parts/clerk.ts';
import { conflictCard, correct, openCase, openConflicts, readPart, settleByKey } from './parts/clerk-case.ts';
import { finish } from './parts/clerk-intake.ts';
import { type DeskOnLine, openBrowserDesk } from './parts/desk-on-line.ts';
import { beginCase, makeFile } from './parts/offline-case.ts';
import { readDeskCases } from './parts/read-desk-cases.ts';
import { formWords } from './parts/seed.ts';
import { tellStory } from './parts/tell-story.ts';

let central: TestCentral;
let baxmal1: DeskOnLine;
let baxmal2: DeskOnLine;
let number: string;

tellStory('two-desks', () => ({ 'baxmal-1': baxmal1?.desk, 'baxmal-2': baxmal2?.desk }));

beforeAll(async () => {
  central = await openCentral();
  const common = { code: 'DEMO-BAXMAL', central: central.url };
  [baxmal1, baxmal2] = await Promise.all([
    openBrowserDesk({ ...common, desk: 'baxmal-1', staff: 'baxmal-clerk-1' }),
    openBrowserDesk({ ...common, desk: 'baxmal-2', staff: 'baxmal-clerk-2' }),
  ]);
});

afterAll(async () => {
  for (const it of [baxmal1, baxmal2]) await it?.close();
  await central?.close();
});

describe('two desks that correct one case while apart', () => {
  test('both have it open, and both lose their line', async () => {
    await beginCase(baxmal1, {
      child: 'Malika',
      print: 'uz-Latn',
      identity: makeFile('karta.png', 'image/png', 9_000),
    });
    number = await finish(baxmal1.clerk);
    await syncNow(baxmal1.clerk);
    await syncNow(baxmal2.clerk);
    for (const { clerk } of [baxmal1, baxmal2]) await openCase(clerk, number);
    for (const { line } of [baxmal1, baxmal2]) line.cut();
  });

  test('each corrects a field of its own, and both the same one', async () => {
    const { clerk: first } = baxmal1;
    const { clerk: second } = baxmal2;
    await correct(first, { part: 'case.applicant', field: first.t('field.patronymic'), to: 'Botirovna' });
    await correct(second, { part: 'case.form', ...birthRecord(), to: '1205' });
    await correct(first, { part: 'case.applicant', field: first.t('field.surname'), to: 'Namunaxon' });
    await correct(second, { part: 'case.applicant', field: second.t('field.surname'), to: 'Namunabonu' });
    await expectStrip(first, waitingOffline(first, 1));
    await expectStrip(second, waitingOffline(second, 1));
  });

  test('when the lines return both see the same clash, and neither has lost what it wrote', async () => {
    for (const { line, clerk } of [baxmal1, baxmal2]) {
      line.mend();
      await syncNow(clerk);
    }
    await syncNow(baxmal1.clerk);
    for (const { clerk } of [baxmal1, baxmal2]) {
      await openCase(clerk, number);
      await expect.poll(() => readPart(clerk, 'case.applicant'), SYNCED).toContain('Botirovna');
      await expect.poll(() => readPart(clerk, 'case.form'), SYNCED).toContain('1205');
      await openConflicts(clerk, 1);
      const said = await conflictCard(clerk, clerk.t('field.surname')).innerText();
      expect(['Namunaxon', 'Namunabonu'].map((it) => said.indexOf(it) >= 0)).toEqual([true, true]);
      expect(said.indexOf('Namunaxon')).toBeLessThan(said.indexOf('Namunabonu'));
    }
    const [it] = await readCases(central);
    expect(it?.conflicts).toMatchObject([
      {
        field: 'applicant.surname',
        kept: 'Namunaxon',
        keptBy: { by: 'baxmal-clerk-1' },
        offered: 'Namunabonu',
        offeredBy: { by: 'baxmal-clerk-2' },
      },
    ]);
  });

  test('one clerk settles it by one key, and desks and centre are of one mind', async () => {
    await settleByKey(baxmal1.clerk, baxmal1.clerk.t('field.surname'), '2');
    await syncNow(baxmal1.clerk);
    await syncNow(baxmal2.clerk);
    await expect
      .poll(() => readCases(central), SYNCED)
      .toMatchObject([
        {
          number,
          conflicts: [],
          hasConflicts: false,
          answers: {
            'applicant.surname': 'Namunabonu',
            'applicant.patronymic': 'Botirovna',
            'form.children.0.birthRecordNumber': '1205',
          },
        },
      ]);
    expect(await findCentralFaults(central)).toEqual([]);
    const cases = await readCases(central);
    for (const { clerk, desk } of [baxmal1, baxmal2]) {
      await expect.poll(() => readDeskCases(desk), SYNCED).toEqual(cases);
      await openCase(clerk, number);
      await expect.poll(() => readPart(clerk, 'case.applicant'), SYNCED).toContain('Namunabonu');
      await expectStrip(clerk, allSent(clerk));
      const needed = clerk.page.getByRole('link', { name: clerk.t('strip.needYou', { count: 1 }) });
      await expect.poll(() => needed.count(), SYNCED).toBe(0);
    }
  });

  test('what a slow line carries just now is said to be on its way, and then to be sent', async () => {
    const { clerk, line } = baxmal1;
    line.pace({ delayMs: 100, downKbps: 32, upKbps: 2 });
    await correct(clerk, { part: 'case.applicant', field: clerk.t('field.patronymic'), to: 'Karimovna' });
    await see(clerk.page.getByText(clerk.t('delivery.sending')).first());
    line.pace(null);
    await expectStrip(clerk, allSent(clerk));
    await expect.poll(() => clerk.page.getByText(clerk.t('delivery.sending')).count(), SYNCED).toBe(0);
  });

  test('the list of conflicts is empty for whoever had not settled it', async () => {
    const { clerk } = baxmal2;
    await goTo(clerk, 'cases');
    const filters = clerk.page.getByRole('group', { name: clerk.t('cases.filter') });
    await filters.getByRole('button', { name: clerk.t('cases.filter.conflicts') }).click();
    await see(clerk.page.getByText(clerk.t('cases.none.filter')));
  });
});

/** The number of the birth record of the first child: what the page calls it, and what its field is called. */
function birthRecord(): { field: string; label: string } {
  const { label } = formWords('SOC-03', 'uz-Latn');
  const own = label('children.birthRecordNumber');
  return { field: `${label('children')} 1: ${own}`, label: own };
}
