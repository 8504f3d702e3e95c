const TARGET_MS = 8_000;
const START_BYTES = 64 * 1024;
const LEAST_BYTES = 16 * 1024;
const MOST_BYTES = 1024 * 1024;
/** Until a chunk was measured, no line is thought slower: 32 kbit/s. */
const UNKNOWN_BYTES_PER_MS = 4;
const SILENCE_MS = 15_000;

export type UploadPace = {
  /** How much to send at once. */
  chunkBytes(): number;
  took(bytes: number, ms: number): void;
  /** The line broke, or fell silent. */
  broke(): void;
  /** How long nothing may be heard after the last byte left us: buffers on the way still hold some. */
  patienceMs(bytes: number): number;
};

/** About eight seconds of what the line was measured to carry, growing by no more than twice at a time. */
export function createUploadPace(): UploadPace {
  let chunk = START_BYTES;
  let bytesPerMs: number | null = null;
  const clamp = (bytes: number): number => Math.round(Math.min(Math.max(bytes, LEAST_BYTES), MOST_BYTES));
  return {
    chunkBytes: () => chunk,
    took(bytes, ms) {
      // The rest of a file says more of the way there and back than of what the line carries.
      if (bytes < chunk / 2) return;
      bytesPerMs = bytes / Math.max(ms, 1);
      chunk = clamp(Math.min(bytesPerMs * TARGET_MS, chunk * 2));
    },
    broke() {
      chunk = clamp(chunk / 2);
    },
    patienceMs: (bytes) => SILENCE_MS + (2 * bytes) / (bytesPerMs ?? UNKNOWN_BYTES_PER_MS),
  };
}
