import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Measured, percentile } from '../measured.ts';
import { type BenchDesk, t, timeKey } from './bench-desk.ts';

const NOTES = 40;
const LETTERS = 60;
/** Nothing absurd: nobody waits for a save. */
const SAVE_P95_MS = 100;

const FIRST_ROW = '//main//li[@aria-posinset="1"]';
const MARK = '//aside//*[@role="status"]';

/** A note on a case and a letter in a draft, from the key to the frame that says it is kept. */
export async function measureSave(desk: BenchDesk, floorPage: Page): Promise<Measured[]> {
  // A page that nobody looks at draws once a second.
  await desk.page.bringToFront();
  return [...(await measureNotes(desk)), ...(await measureLetters(desk, floorPage))];
}

async function measureNotes({ page, data }: BenchDesk): Promise<Measured[]> {
  await timeKey(page, 'Alt+2', [FIRST_ROW]);
  await page.locator('main [data-row="0"]').click();
  const box = page.getByLabel(t('case.notes.text'), { exact: true });
  const note = async (text: string): Promise<number> => {
    await box.fill(text);
    await box.focus();
    return timeKey(page, 'Control+Enter', [`//main//ol/li[contains(., "${text}")]`]);
  };
  const before = await folderBytes(join(data, 'journal'));
  await note('Eslatma 100');
  const bytes = (await folderBytes(join(data, 'journal'))) - before;
  const floor = await openFloorFile(join(data, 'floor.bin'), bytes);
  const ours: number[] = [];
  const floors: number[] = [];
  for (let round = 1; round <= NOTES; round += 1) {
    ours.push(await note(`Eslatma ${100 + round}`));
    floors.push(await floor.append());
  }
  await floor.close();
  return toRows('save of a note, key to timeline', {
    ours,
    floors,
    floor: `append and fdatasync of ${bytes} bytes`,
  });
}

async function measureLetters({ page }: BenchDesk, floorPage: Page): Promise<Measured[]> {
  await page.keyboard.press('Alt+1');
  await page.getByRole('combobox', { name: t('counter.search') }).fill('SOC-03');
  await page.keyboard.press('Enter');
  const field = page.locator('[data-path="applicant.surname"]');
  await field.focus();
  const steps = [t('saved.saving'), t('saved.saved')].map((it) => `${MARK}[contains(., "${it}")]`);
  const press = (round: number): Promise<number> =>
    timeKey(page, String.fromCharCode(97 + (round % 26)), steps);
  await press(0);
  const ours: number[] = [];
  const floors: number[] = [];
  for (let round = 1; round <= LETTERS; round += 1) {
    ours.push(await press(round));
    const row = await page.evaluate(() => window.probe.draftRow());
    floors.push(await floorPage.evaluate((it) => window.floor.put({ ...it, id: 'draft' }), row));
  }
  return toRows('save of a letter in a draft, key to saved mark', {
    ours,
    floors,
    floor: 'raw Dexie strict put of that draft',
  });
}

function toRows(what: string, it: { ours: number[]; floors: number[]; floor: string }): Measured[] {
  return [
    {
      name: `${what}, p50; floor: ${it.floor}`,
      value: percentile(it.ours, 0.5),
      unit: 'ms',
      floor: percentile(it.floors, 0.5),
    },
    { name: `${what}, p95`, value: percentile(it.ours, 0.95), unit: 'ms', target: SAVE_P95_MS },
  ];
}

async function folderBytes(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (it) => (await stat(join(folder, it))).size),
  );
  return sizes.reduce((sum, it) => sum + it, 0);
}

/** The same bytes onto the same disk by Node alone. */
async function openFloorFile(
  path: string,
  bytes: number,
): Promise<{ append(): Promise<number>; close(): Promise<void> }> {
  const file = await open(path, 'a');
  const line = Buffer.alloc(bytes, 'x');
  return {
    async append() {
      const startedAt = performance.now();
      await file.write(line);
      await file.datasync();
      return performance.now() - startedAt;
    },
    async close() {
      await file.close();
      await rm(path);
    },
  };
}
