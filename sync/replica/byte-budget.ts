export type ByteBudget = {
  bytes(): number;
  halve(): void;
  /** How long a request of this size took. */
  took(ms: number): void;
};

const MIN_BYTES = 4_096;
const TARGET_MS = 8_000;

/**
 * How much to ask or send at once: about eight seconds of what the line carries.
 *
 * Small pages waste a slow line, large ones lose much when it breaks.
 */
export function createByteBudget(limits: { start: number; max: number }): ByteBudget {
  let size = limits.start;
  const resize = (factor: number) => {
    size = Math.min(Math.max(Math.round(size * factor), MIN_BYTES), limits.max);
  };
  return {
    bytes: () => size,
    halve: () => resize(0.5),
    took(ms) {
      if (ms < TARGET_MS / 4) resize(2);
      else if (ms > TARGET_MS) resize(0.5);
    },
  };
}
