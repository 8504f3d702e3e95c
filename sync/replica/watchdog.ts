/** Three times the loop's own wait. */
const PATIENCE_MS = 45_000;
const LOOK_MS = 5_000;
/** What a round that was ended gets to come to its end. */
const GRACE_MS = 5_000;

export type Watchdog = {
  /** Something came of the round: an answer, a piece of a file, a page on the disk. */
  alive(): void;
  /** Ends a round of which nothing came for too long, whatever it waits for; `null` then. */
  guard<T>(round: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T | null>;
};

/** For what never answers and never fails: a handler that hangs, a queue that stands still. */
export function createWatchdog(options: {
  now(): number;
  /** A request that has its own limit is on the line, and bytes of it may still come. */
  isBusy(): boolean;
  /** What a round that does not end is waiting for is given up and made anew. */
  recreate(): Promise<void>;
}): Watchdog {
  let lastSign = 0;
  return {
    alive() {
      lastSign = options.now();
    },
    async guard(round, signal) {
      const mine = new AbortController();
      const end = (): void => mine.abort();
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      lastSign = options.now();
      let timer: ReturnType<typeof setInterval> | undefined;
      const silence = new Promise<null>((resolve) => {
        timer = setInterval(() => {
          if (!options.isBusy() && options.now() - lastSign >= PATIENCE_MS) resolve(null);
        }, LOOK_MS);
      });
      const running = round(mine.signal);
      try {
        const first = await Promise.race([running, silence]);
        if (first !== null || signal.aborted) return first;
        end();
        await options.recreate();
        await Promise.race([
          running.catch(() => null),
          new Promise((resolve) => setTimeout(resolve, GRACE_MS)),
        ]);
        return null;
      } finally {
        clearInterval(timer);
        signal.removeEventListener('abort', end);
      }
    },
  };
}
