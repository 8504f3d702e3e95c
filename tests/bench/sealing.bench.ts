import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildPage } from '../e2e/parts/build-page.ts';
import { type Measured, percentile } from './measured.ts';
import type { SealingTimes } from './page/sealing.ts';
import { openBenchBrowser } from './parts/bench-browser.ts';
import { keepOpen } from './parts/keep-open.ts';
import { measureUnlock } from './parts/measure-unlock.ts';

const CASES = 20_000;
const ROUNDS = 3;

const ROWS = [
  { key: 'insert', name: `${CASES} cases written, sealed`, target: 1.6 },
  { key: 'read', name: `all ${CASES} read for the search, sealed`, target: 2 },
  { key: 'list', name: 'a list of 50, sealed', target: 2 },
  { key: 'search', name: 'a search in all, sealed', target: 1.3 },
] as const;

/** What the sealing of the window's copies costs; the floor is the same without. */
export function run(): Promise<Measured[]> {
  return keepOpen(async (keep) => {
    const script = await buildPage(new URL('page/sealing.ts', import.meta.url));
    const browser = keep(await openBenchBrowser(script));
    const server = createServer((_ask, answer) => answer.end('<!doctype html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    keep({ close: async () => void server.close() });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const measure = async (isSealed: boolean): Promise<SealingTimes> => {
      const page = await browser.newPage(url);
      const times = await page.evaluate(([many, it]) => window.sealing.measure(many, it), [
        CASES,
        isSealed,
      ] as const);
      await page.close();
      return times;
    };
    const [sealed, plain]: SealingTimes[][] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      plain?.push(await measure(false));
      sealed?.push(await measure(true));
    }
    const median = (all: SealingTimes[] | undefined, key: keyof SealingTimes) =>
      percentile(
        (all ?? []).map((it) => it[key]),
        0.5,
      );
    const rows = ROWS.map(
      ({ key, name, target }): Measured => ({
        name,
        value: median(sealed, key),
        unit: 'ms',
        floor: median(plain, key),
        target,
      }),
    );
    return [...rows, await measureUnlock()];
  });
}
