import { expect, test } from 'vitest';
import { playSeeds } from '../play-seeds.ts';

/** Histories of a row of seeds; `DARCHA_FUZZ_SHARE` plays only such a share of them. */
export function expectHistories({ from, many }: { from: number; many: number }): void {
  const some = Math.max(1, Math.round(many * Number(process.env.DARCHA_FUZZ_SHARE ?? 1)));
  test(`${some} histories from seed ${from}: nothing lost, doubled, stuck or seen by a stranger`, async () => {
    const played = await playSeeds(from, some);
    expect(played.failed).toEqual([]);
    // Were nothing saved and nothing to go wrong, nothing would be shown.
    expect(played.saved / some).toBeGreaterThan(5);
    expect(played.steps / some).toBeGreaterThan(200);
    expect(Object.keys(played.faults).length).toBeGreaterThan(15);
  });
}
