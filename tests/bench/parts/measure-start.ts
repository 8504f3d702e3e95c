import type { Page } from 'playwright-core';
import { type Measured, percentile } from '../measured.ts';
import { signIn, t, timeKey } from './bench-desk.ts';

const STARTS = 5;
const RETURNS = 12;
/** Nothing absurd: a clerk sees the first list of 5,000 cases within this. */
const FIRST_LIST_MS = 2_000;

const FIRST_ROW = '//main//li[@aria-posinset="1"]';
const COUNTER = `//input[@aria-label="${t('counter.search')}"]`;

/** The page opened anew to the field for the PIN, and from there to the first rows of the case list. */
export async function measureStart(page: Page, floorPage: Page): Promise<Measured[]> {
  await floorPage.evaluate(() => window.floor.fillList());
  const home = floorPage.url();
  const starts: number[] = [];
  const firsts: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    await page.bringToFront();
    await page.reload();
    starts.push(await page.evaluate(() => window.probe.signInAt()));
    await signIn(page);
    firsts.push(await timeKey(page, 'Alt+2', [FIRST_ROW]));
    // The address lives through a reload, and a day begins at the counter.
    await timeKey(page, 'Alt+1', [COUNTER]);
    await floorPage.bringToFront();
    await floorPage.goto(new URL('/list', home).href);
    floors.push(await floorPage.evaluate(() => window.floor.listAt()));
  }
  // A page that nobody looks at draws once a second.
  await page.bringToFront();
  const again: number[] = [];
  const queries: number[] = [];
  for (let round = 0; round < RETURNS; round += 1) {
    again.push(await timeKey(page, 'Alt+2', [FIRST_ROW]));
    await timeKey(page, 'Alt+1', [COUNTER]);
    queries.push(await floorPage.evaluate(() => window.floor.list()));
  }
  const both = starts.map((it, at) => it + (firsts[at] ?? Number.NaN));
  const floor = percentile(floors, 0.5);
  return [
    {
      name: 'start: page to sign-in; floor: page to 50 rows by raw Dexie',
      value: percentile(starts, 0.5),
      unit: 'ms',
      floor,
    },
    {
      name: 'start: page to first list, without the person between; same floor',
      value: percentile(both, 0.5),
      unit: 'ms',
      floor,
    },
    {
      name: 'start: slowest page to first list',
      value: percentile(both, 1),
      unit: 'ms',
      target: FIRST_LIST_MS,
    },
    {
      name: 'list: key to first rows, again; floor: raw Dexie query of 50',
      value: percentile(again, 0.5),
      unit: 'ms',
      floor: percentile(queries, 0.5),
    },
    { name: 'list: key to first rows, again, p95', value: percentile(again, 0.95), unit: 'ms' },
  ];
}
