import { buildPage } from '../e2e/parts/build-page.ts';
import type { Measured } from './measured.ts';
import { openBenchBrowser } from './parts/bench-browser.ts';
import { openBenchCentral, packStreams } from './parts/bench-central.ts';
import { keepOpen } from './parts/keep-open.ts';
import { measurePouchdb } from './parts/measure-pouchdb.ts';
import { measurePull } from './parts/measure-pull.ts';
import { serveFloor } from './parts/serve-floor.ts';

const CASES = 20_000;

/** All of a centre into an empty desk: against the barest way, and against PouchDB over its own server. */
export function run(): Promise<Measured[]> {
  return keepOpen(async (keep) => {
    const central = keep(await openBenchCentral(CASES));
    const packedMs = await packStreams(central);
    const browser = keep(await openBenchBrowser(await buildPage(new URL('page/probe.ts', import.meta.url))));
    const floor = keep(await serveFloor(await buildPage(new URL('page/floor.ts', import.meta.url)), central));
    const targets = { ratio: 2, blockMs: 200 };
    const { rows, desk } = await measurePull({ browser, central, floorUrl: floor.url, keep, targets });
    await desk.close();
    const [ours] = rows;
    return [
      { name: 'packing both streams at the centre, once', value: packedMs, unit: 'ms' },
      ...rows,
      ...(await measurePouchdb({ browser, central, keep, oursMs: ours?.value ?? Number.NaN })),
    ];
  });
}
