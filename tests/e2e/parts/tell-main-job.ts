import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCaseNumber } from '#model/case-number';
import { createWorkingCalendar, dueAt, ruleInForce } from '#model/deadline';
import type { CalendarDay } from '#model/reference';
import { formatLongDate, formatTime } from '../../../renderer/i18n/format.ts';
import { createTranslate, type Language } from '../../../renderer/i18n/messages.ts';
import { openCentral, type TestCentral } from './central.ts';
import { findCentralFaults, readCases, readEvents } from './central-faults.ts';
import { allSent, expectStrip, SYNCED, syncNow, toPlain, waitingOffline } from './clerk.ts';
import { knowsCase, listCases, openCase, readPart, saveReceipt, saveReceiptAgain } from './clerk-case.ts';
import { finish } from './clerk-intake.ts';
import { readReport } from './clerk-report.ts';
import type { DeskOptions, TestDesk } from './desk.ts';
import { type DeskOnLine, openBrowserDesk, openDeskOnLine } from './desk-on-line.ts';
import {
  beginCase,
  expectOnlyCases,
  finishWhatIsLeft,
  hashOf,
  makeFile,
  readDraft,
  startAgain,
} from './offline-case.ts';
import { readDeskCases } from './read-desk-cases.ts';
import { readPdf } from './read-pdf.ts';
import { getCentre, getService, readSeed } from './seed.ts';
import { tellStory } from './tell-story.ts';

const CLERK = 'baxmal-clerk-1';
const IDENTITY = makeFile('karta.png', 'image/png', 48_000);
const OTHER = makeFile('tugʻruqxona maʼlumotnomasi.pdf', 'application/pdf', 310_000);

/**
 * The main job, whole: four desks, one of which loses its line and, three times, its power. That desk is opened by
 * `openDesk`, in whichever shell; the others are in the browser's. Answers it, for what a story adds.
 */
export function tellMainJob(
  name: string,
  openDesk: (options: DeskOptions) => Promise<TestDesk>,
): () => DeskOnLine {
  /** What was handed to the applicants, in the order in which their cases were taken. */
  const handedOut: { number: string; language: Language; name: string; pdf: Buffer }[] = [];
  const numbers = (): string[] => handedOut.map((it) => it.number);

  let central: TestCentral;
  let baxmal1: DeskOnLine;
  let baxmal2: DeskOnLine;
  let xovos1: DeskOnLine;
  let office1: DeskOnLine;

  beforeAll(async () => {
    central = await openCentral();
    const open = (desk: string, code: string, staff: string) =>
      openBrowserDesk({ desk, code, staff, central: central.url });
    [baxmal1, baxmal2] = await Promise.all([
      openDeskOnLine({ desk: 'baxmal-1', code: 'DEMO-BAXMAL', staff: CLERK, central: central.url }, openDesk),
      open('baxmal-2', 'DEMO-BAXMAL', 'baxmal-clerk-2'),
    ]);
    [xovos1, office1] = await Promise.all([
      open('xovos-1', 'DEMO-XOVOS', 'xovos-clerk-1'),
      open('office-1', 'DEMO-OFFICE', 'office-supervisor'),
    ]);
  });

  tellStory(name, () => ({
    'baxmal-1': baxmal1?.desk,
    'baxmal-2': baxmal2?.desk,
    'xovos-1': xovos1?.desk,
    'office-1': office1?.desk,
  }));

  afterAll(async () => {
    for (const it of [baxmal1, baxmal2, xovos1, office1]) await it?.close();
    await central?.close();
  });

  describe('a case taken with no line', () => {
    test('is whole in its draft, every field and file, after the plug was pulled in the middle', async () => {
      baxmal1.line.cut();
      const before = await beginCase(baxmal1, {
        child: 'Malika',
        print: 'uz-Latn',
        identity: IDENTITY,
        other: OTHER,
      });
      expect(before.files).toHaveLength(2);
      expect(before.fields).toContain('form.cardNumber: 8600 0000 0000 0000');
      await baxmal1.desk.pullPlug();
      await startAgain(baxmal1, CLERK);
      expect(await readDraft(baxmal1)).toEqual(before);
    });

    test('is there once under its number, and its draft is gone, after the plug was pulled at the number', async () => {
      const { clerk, desk } = baxmal1;
      const number = await finish(clerk);
      await desk.pullPlug();
      await startAgain(baxmal1, CLERK);
      await expectOnlyCases(baxmal1, [number]);
      await expectStrip(clerk, waitingOffline(clerk, 1));
      await openCase(clerk, number);
      const { name, bytes } = await saveReceiptAgain(baxmal1);
      handedOut.push({ number, language: 'uz-Latn', name, pdf: bytes });
    });

    test.each([
      { language: 'uz-Cyrl', waits: false, child: 'Oʻgʻiloy' },
      { language: 'ru', waits: true, child: 'Zumrad' },
    ] as const)('is there once when the plug is pulled in the moment of F9 ($language)', async (visit) => {
      const { clerk, desk } = baxmal1;
      const identity = makeFile(`karta ${visit.child}.png`, 'image/png', 20_000);
      await beginCase(baxmal1, { child: visit.child, print: visit.language, identity });
      const pressed = clerk.page.keyboard.press('F9').catch(() => undefined);
      if (visit.waits) await pressed;
      await desk.pullPlug();
      await startAgain(baxmal1, CLERK);
      const number = await finishWhatIsLeft(baxmal1, numbers());
      await expectOnlyCases(baxmal1, [...numbers(), number]);
      await openCase(clerk, number);
      const { name, bytes } = await saveReceiptAgain(baxmal1);
      handedOut.push({ number, language: visit.language, name, pdf: bytes });
    });

    test('gives its receipt as soon as it has its number', async () => {
      const { clerk } = baxmal1;
      const identity = makeFile('card Dilshod.png', 'image/png', 20_000);
      await beginCase(baxmal1, { child: 'Dilshod', print: 'en', identity });
      const number = await finish(clerk);
      const { name, bytes } = await saveReceipt(baxmal1);
      handedOut.push({ number, language: 'en', name, pdf: bytes });
    });

    test('waits, and the strip says how many and since when', async () => {
      await expectStrip(baxmal1.clerk, waitingOffline(baxmal1.clerk, 4));
      await expectOnlyCases(baxmal1, numbers());
    });

    test('has a number with right check digits that no other case has', () => {
      const parsed = numbers().map((it) => parseCaseNumber(it));
      expect(parsed.map((it) => it.outcome)).toEqual(['ok', 'ok', 'ok', 'ok']);
      expect(new Set(numbers()).size).toBe(4);
    });
  });

  describe('when the line returns', () => {
    test('all is sent though an answer is lost after the centre has taken what it answers', async () => {
      const { clerk, line } = baxmal1;
      line.loseNextAnswer('POST /v1/push');
      line.mend();
      await syncNow(clerk);
      expect(line.lost()).toBe(1);
      await expectStrip(clerk, allSent(clerk));
    });

    test('the desk beside it shows the same cases with their papers, and another centre shows none', async () => {
      const [first = ''] = numbers();
      await Promise.all([syncNow(baxmal2.clerk), syncNow(xovos1.clerk)]);
      await expect.poll(() => listCases(baxmal2.clerk), SYNCED).toEqual(numbers().sort());
      const parts = ['case.applicant', 'case.form', 'case.documents'] as const;
      for (const { clerk } of [baxmal1, baxmal2]) await openCase(clerk, first);
      for (const it of parts) {
        const said = await readPart(baxmal1.clerk, it);
        await expect.poll(() => readPart(baxmal2.clerk, it), SYNCED).toBe(said);
      }
      const papers = await readPart(baxmal2.clerk, 'case.documents');
      for (const { name } of [IDENTITY, OTHER]) expect(papers).toContain(name);
      expect(await knowsCase(xovos1.clerk, first)).toBe(false);
      expect(await listCases(xovos1.clerk)).toEqual([]);
    });

    test('the centre has everything once, in order and whole', async () => {
      expect(await findCentralFaults(central)).toEqual([]);
      const events = await readEvents(central);
      expect(events.map((it) => [it.n, it.event.type, it.status])).toEqual([
        [1, 'case.opened', 'ok'],
        [2, 'document.attached', 'ok'],
        [3, 'document.attached', 'ok'],
        ...[4, 6, 8].flatMap((n) => [
          [n, 'case.opened', 'ok'],
          [n + 1, 'document.attached', 'ok'],
        ]),
      ]);
      const files = await central.sql<{ sha256: string; bytes: number }>('select sha256, bytes from file');
      expect(files).toHaveLength(5);
      expect(files).toContainEqual({ sha256: hashOf(IDENTITY), bytes: IDENTITY.bytes.length });
      expect(files).toContainEqual({ sha256: hashOf(OTHER), bytes: OTHER.bytes.length });
    });

    test('the centre and both desks hold the same cases to the letter', async () => {
      const cases = await readCases(central);
      expect(cases.map((it) => it.number)).toEqual(numbers().sort());
      expect(cases.every((it) => it.acceptedOffline)).toBe(true);
      await expect.poll(() => readDeskCases(baxmal1.desk), SYNCED).toEqual(cases);
      await expect.poll(() => readDeskCases(baxmal2.desk), SYNCED).toEqual(cases);
      expect(await readDeskCases(xovos1.desk)).toEqual([]);
    });

    test('the supervisor reads that nothing waits there any more', async () => {
      const desk = office1.clerk.t('report.desk', { desk: 'baxmal-1' });
      const read = async () => (await readReport(office1.clerk)).find((it) => it.desk.includes(desk));
      await expect
        .poll(read, SYNCED)
        .toMatchObject({ waiting: '0', files: '0', health: office1.clerk.t('report.health.ok') });
    });
  });

  describe('the receipt', () => {
    test.each(['uz-Latn', 'uz-Cyrl', 'ru', 'en'] as const)(
      'reads number, promised day and moment of acceptance in %s',
      async (language) => {
        const given = handedOut.find((it) => it.language === language);
        const it = (await readCases(central)).find((one) => one.number === given?.number);
        if (given === undefined || it === undefined) throw new Error('no such case');
        const { text, pages } = await readPdf(given.pdf);
        const t = createTranslate(language);
        const service = getService('SOC-03');
        const { utcOffsetMinutes } = getCentre(13);
        expect(it.dueAt).toBe(promisedFor(it.openedAt));
        expect({ name: given.name, pages }).toEqual({ name: `${given.number}.pdf`, pages: 1 });
        for (const part of [
          given.number,
          formatLongDate(language, it.dueAt, utcOffsetMinutes),
          t('receipt.offline', { time: formatTime(language, it.openedAt, utcOffsetMinutes) }),
          service.name[language],
          service.checklist.find((paper) => paper.code === 'identity-document')?.label[language] ?? '?',
          t('receipt.title'),
        ]) {
          // A line may break after any hyphen.
          expect(text.replaceAll(' ', '')).toContain(toPlain(part).replaceAll(' ', ''));
        }
      },
    );
  });

  return () => baxmal1;
}

/** The promised time by the model and the seed, apart from what the desk computed. */
function promisedFor(openedAt: number): number | null {
  const centre = getCentre(13);
  const days = readSeed().reference.filter((it): it is CalendarDay => it.kind === 'calendar-day');
  const calendar = createWorkingCalendar({ ...centre, days });
  return dueAt(ruleInForce(getService('SOC-03'), openedAt, centre.utcOffsetMinutes), openedAt, calendar);
}
