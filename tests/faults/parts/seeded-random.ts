export type Random = {
  /** A whole number from `low` up to, without, `high`. */
  between(low: number, high: number): number;
  shuffle<T>(all: readonly T[]): T[];
};

/** The same row of numbers for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low));
  return {
    between,
    shuffle(all) {
      const rest = [...all];
      return all.map(() => rest.splice(between(0, rest.length), 1)[0] as (typeof all)[number]);
    },
  };
}
