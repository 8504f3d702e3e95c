import { buildPage } from '../e2e/parts/build-page.ts';
import type { Measured } from './measured.ts';
import { openBenchBrowser } from './parts/bench-browser.ts';
import { openBenchCentral } from './parts/bench-central.ts';
import { keepOpen } from './parts/keep-open.ts';
import { measurePull } from './parts/measure-pull.ts';
import { measureSave } from './parts/measure-save.ts';
import { measureStart } from './parts/measure-start.ts';
import { serveFloor } from './parts/serve-floor.ts';

const CASES = 5_000;

/**
 * The three waits that a clerk knows: the first sync, the start of the day, and each save.
 *
 * Real server, station, screens and Chromium on one machine. Targets only rule out the absurd.
 */
export function run(): Promise<Measured[]> {
  return keepOpen(async (keep) => {
    const central = keep(await openBenchCentral(CASES));
    const browser = keep(await openBenchBrowser(await buildPage(new URL('page/probe.ts', import.meta.url))));
    const floor = keep(await serveFloor(await buildPage(new URL('page/floor.ts', import.meta.url)), central));
    const pulled = await measurePull({ browser, central, floorUrl: floor.url, keep });
    const { rows, desk, floorPage } = pulled;
    return [...rows, ...(await measureStart(desk.page, floorPage)), ...(await measureSave(desk, floorPage))];
  });
}
