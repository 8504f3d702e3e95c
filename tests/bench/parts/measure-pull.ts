import type { Page } from 'playwright-core';
import { type Measured, percentile } from '../measured.ts';
import type { BenchBrowser } from './bench-browser.ts';
import type { BenchCentral } from './bench-central.ts';
import { type BenchDesk, openBenchDesk } from './bench-desk.ts';
import type { Keep } from './keep-open.ts';

const ROUNDS = 3;
/** On a slow machine fewer rounds will do. */
const ENOUGH_MS = 75_000;

type Round = { ms: number; blockMs: number };

type PullAsk = {
  browser: BenchBrowser;
  central: BenchCentral;
  floorUrl: string;
  keep: Keep;
  /** Most times the floor, and ms of one block. */
  targets?: { ratio: number; blockMs: number };
};

/** Everything the centre has into an empty station, against the same pages fetched and put barely. */
export async function measurePull({
  browser,
  central,
  floorUrl,
  keep,
  targets,
}: PullAsk): Promise<{ rows: Measured[]; desk: BenchDesk; floorPage: Page }> {
  const ours: Round[] = [];
  const floors: Round[] = [];
  const transfers: number[] = [];
  const until = performance.now() + ENOUGH_MS;
  for (let round = 1; ; round += 1) {
    const desk = keep(await openBenchDesk(browser, central.url, `Bench ${round}`));
    const { urls, ...pulled } = await readPulled(desk.page, central);
    ours.push(pulled);

    const floorPage = await browser.newPage(floorUrl);
    const barely = await pullBarely(floorPage, urls);
    floors.push(barely);
    transfers.push(barely.transferMs);
    if (round === ROUNDS || performance.now() > until)
      return { rows: toRows(central, { ours, floors, transfers, targets }), desk, floorPage };
    await floorPage.close();
    await desk.close();
  }
}

async function readPulled(page: Page, { cases, events }: BenchCentral): Promise<Round & { urls: string[] }> {
  const { ms, urls } = await page.evaluate((wanted) => window.probe.pulled(wanted), { cases, events });
  const blockMs = await page.evaluate(() => window.probe.longestBlock());
  return { ms, blockMs, urls: urls.map((it) => it.slice(new URL(it).origin.length)) };
}

async function pullBarely(page: Page, urls: string[]): Promise<Round & { transferMs: number }> {
  const { ms, transferMs } = await page.evaluate((asked) => window.floor.pull(asked), urls);
  return { ms, transferMs, blockMs: await page.evaluate(() => window.probe.longestBlock()) };
}

function toRows(
  { cases, events }: BenchCentral,
  {
    ours,
    floors,
    transfers,
    targets,
  }: { ours: Round[]; floors: Round[]; transfers: number[]; targets: PullAsk['targets'] },
): Measured[] {
  const median = (rounds: readonly Round[], part: keyof Round): number =>
    percentile(
      rounds.map((it) => it[part]),
      0.5,
    );
  return [
    {
      name: `pull of ${cases} cases and ${events} events; floor: fetch, parse, raw Dexie strict`,
      value: median(ours, 'ms'),
      unit: 'ms',
      floor: median(floors, 'ms'),
      ...(targets === undefined ? {} : { target: targets.ratio }),
    },
    { name: 'of that floor, fetch and parse alone', value: percentile(transfers, 0.5), unit: 'ms' },
    {
      name: 'longest block of the window in that pull (0: none of 50 ms)',
      value: median(ours, 'blockMs'),
      unit: 'ms',
      ...(targets === undefined ? { floor: median(floors, 'blockMs') } : { target: targets.blockMs }),
    },
  ];
}
