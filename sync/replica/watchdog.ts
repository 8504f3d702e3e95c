import type { Sleep } from './sync-loop.ts';

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
  /** A request that has its own limit is on the line, and bytes of it may still come. */
  isBusy(): boolean;
  /** What a round that does not end is waiting for is given up and made anew. */
  recreate(): Promise<void>;
  sleep: Sleep;
}): Watchdog {
  const { sleep } = options;
  let silentMs = 0;

  /** By its own looks and not by the clock, which somebody may set back by days. */
  async function fallSilent(over: AbortSignal): Promise<null> {
    while (!over.aborted && (options.isBusy() || silentMs < PATIENCE_MS)) {
      await sleep(LOOK_MS, over);
      silentMs += LOOK_MS;
    }
    return null;
  }

  return {
    alive() {
      silentMs = 0;
    },
    async guard(round, signal) {
      const mine = new AbortController();
      const end = (): void => mine.abort();
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      silentMs = 0;
      const over = new AbortController();
      const running = round(mine.signal);
      try {
        const first = await Promise.race([running, fallSilent(over.signal)]);
        if (first !== null || signal.aborted) return first;
        end();
        await options.recreate();
        await Promise.race([running.catch(() => null), sleep(GRACE_MS, over.signal)]);
        return null;
      } finally {
        over.abort();
        signal.removeEventListener('abort', end);
      }
    },
  };
}
