/** 8 kbit/s: a body that comes up more slowly than this is given up. */
const SLOWEST_BYTES_PER_MS = 1;
/** How much slower than the last one a body may be before it is taken for lost. */
const SLACK = 3;
/** Below it the way there and back is most of the time. */
const TELLING_BYTES = 4_096;

/**
 * How long a body may be on its way up without a sign of life: nothing is heard of it before it is there.
 *
 * What the line carried last says so; until something is known, and after a failure, the slowest line does.
 */
export function createUpPace() {
  let bytesPerMs: number | null = null;
  return {
    limitMs: (bytes: number): number => bytes / (bytesPerMs ?? SLOWEST_BYTES_PER_MS),
    took(bytes: number, ms: number): void {
      if (bytes < TELLING_BYTES) return;
      bytesPerMs = Math.max(SLOWEST_BYTES_PER_MS, bytes / Math.max(ms, 1) / SLACK);
    },
    forget(): void {
      bytesPerMs = null;
    },
  };
}
