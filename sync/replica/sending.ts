/** What lasts shorter is not worth a word: it would only flicker. */
const SHOWN_AFTER_MS = 150;

export type Sending = {
  /** Whether the event with this number is in the request that is on the line now. */
  has(n: number): boolean;
  during<T>(numbers: readonly number[], request: () => Promise<T>): Promise<T>;
};

/** Which of our events are on the line now. Whether they came, their receipts say and nothing else. */
export function createSending(changed: () => void, showAfterMs = SHOWN_AFTER_MS): Sending {
  let shown: ReadonlySet<number> = new Set();
  return {
    has: (n) => shown.has(n),
    async during(numbers, request) {
      const timer = setTimeout(() => {
        shown = new Set(numbers);
        changed();
      }, showAfterMs);
      try {
        return await request();
      } finally {
        clearTimeout(timer);
        const wasShown = shown.size > 0;
        shown = new Set();
        if (wasShown) changed();
      }
    },
  };
}
