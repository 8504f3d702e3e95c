export type ByteBudget = {
  bytes(): number;
  /** What was asked or sent did not come through; `bytes` is what it was, where more than one may fail at once. */
  halve(bytes?: number): void;
  /** How long a request took; `bytes` is what it carried where that was all the budget allowed. */
  took(ms: number, bytes: number | null): void;
};

const TARGET_MS = 8_000;
/** One fast answer says little: a page may have come out of a buffer on the way. */
const FASTEST_GROWTH = 4;
const BEYOND = 1.125;

/**
 * How much to ask or send at once: about eight seconds of what the line carries, judged by what it carried.
 *
 * Small pages waste a slow line, large ones lose much when it breaks. Up to the size that last went well it
 * grows fast, beyond that by little: each step that is too large costs a request.
 */
export function createByteBudget(limits: { start: number; min: number; max: number }): ByteBudget {
  let size = limits.start;
  let ceiling = limits.max;
  const resize = (bytes: number) => {
    size = Math.round(Math.min(Math.max(bytes, limits.min), limits.max));
  };
  const grow = (to: number) => {
    if (size >= ceiling) ceiling *= BEYOND;
    resize(Math.min(to, size * FASTEST_GROWTH, ceiling));
  };
  return {
    bytes: () => size,
    halve(bytes = size) {
      resize(Math.min(size, bytes / 2));
      ceiling = size;
    },
    took(ms, bytes) {
      if (bytes !== null) {
        const fitting = (bytes * TARGET_MS) / Math.max(ms, 1);
        if (fitting > size) grow(fitting);
        else resize(fitting);
      } else if (ms > TARGET_MS) resize(size / 2);
    },
  };
}

/** As it travels: a letter of Cyrillic is two bytes. */
export function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
