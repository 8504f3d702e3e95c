import { expect, test } from 'vitest';
import { playSeeds } from '../play-seeds.ts';

/** Some of what goes wrong needs much that went before it. */
const LONG_STEPS = 1_500;

/** Histories of a row of seeds, a few of them long; `DARCHA_FUZZ_SHARE` plays only such a share of them. */
export function expectHistories(row: { from: number; short: number; long: number }): void {
  const share = Number(process.env.DARCHA_FUZZ_SHARE ?? 1);
  const count = (many: number): number => Math.max(1, Math.round(many * share));
  const { from } = row;
  expectRow({ from, many: count(row.short) });
  expectRow({ from: from + row.short, many: count(row.long), steps: LONG_STEPS });
}

function expectRow({ from, many, steps }: { from: number; many: number; steps?: number }): void {
  const length = steps === undefined ? '' : 'long ';
  test(`${many} ${length}histories from seed ${from}: nothing lost, doubled, stuck or seen by a stranger`, async () => {
    const played = await playSeeds(from, many, steps);
    expect(played.failed).toEqual([]);
    // Were nothing saved and nothing to go wrong, nothing would be shown.
    expect(played.saved / many).toBeGreaterThan(5);
    expect(played.steps / many).toBeGreaterThan(200);
    expect(Object.keys(played.faults).length).toBeGreaterThan(15);
  });
}
