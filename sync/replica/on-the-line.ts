import type { Central } from '#protocol/central';
import type { Sleep } from './sync-loop.ts';

/** A push that is over sooner is not shown: a word that only flickers tells nobody anything. */
const BLINK_MS = 150;

/** Which of our events are in the push that is under way. */
export type OnTheLine = {
  has(n: number): boolean;
  push: Central['push'];
};

export function createOnTheLine(
  central: Pick<Central, 'push'>,
  { sleep, changed }: { sleep: Sleep; changed(): void },
): OnTheLine {
  let shown: { from: number; upTo: number } | null = null;
  return {
    has: (n) => shown !== null && shown.from <= n && n <= shown.upTo,
    async push(ask, signal) {
      const over = new AbortController();
      void sleep(BLINK_MS, over.signal).then(() => {
        if (over.signal.aborted) return;
        shown = { from: ask.from, upTo: ask.events.at(-1)?.n ?? ask.from };
        changed();
      });
      try {
        return await central.push(ask, signal);
      } finally {
        over.abort();
        if (shown !== null) {
          shown = null;
          changed();
        }
      }
    },
  };
}
