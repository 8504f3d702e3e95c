import type { Central } from '#protocol/central';
import type { Collection, Heads } from '#protocol/collection';
import { toRetryWait } from './retry-wait.ts';

export type LiveChannel = {
  /**
   * The loop rests after a good round: opens the channel where it is not, and wakes the loop if a head has moved
   * meanwhile.
   */
  rested(): void;
  isOpen(): boolean;
  /** The centre has told of something that is not here; true once for each telling. */
  hasNews(): Promise<boolean>;
  close(): void;
};

/** A channel that lasts less than this is one that something on the way does not let be. */
const LASTING_MS = 60_000;

/**
 * Hears from the centre that something has moved, and wakes the loop for it; carries no data.
 *
 * It is opened only after a round that went well, so it has no timer of its own and never runs beside a line
 * that does not carry. When it ends the loop is woken: either that round finds the line gone, or the channel
 * is opened anew after it.
 */
export function createLiveChannel(options: {
  central: Central;
  cursor(collection: Collection): Promise<number>;
  isResting(): boolean;
  wake(): void;
  now(): number;
}): LiveChannel {
  const { central } = options;
  let open: { abort: AbortController; hasHeard: boolean } | null = null;
  let heads: Heads = {};
  let wokenFor = '';
  let failures = 0;
  let nextTryAt = 0;

  async function listen(): Promise<void> {
    if (central.poke === undefined || open !== null || options.now() < nextTryAt) return;
    const mine = { abort: new AbortController(), hasHeard: false };
    open = mine;
    const startedAt = options.now();
    const failure = await central.poke((heard) => {
      mine.hasHeard = true;
      heads = heard;
      void wakeIfMoved();
    }, mine.abort.signal);
    if (open !== mine) return;
    open = null;
    const lasted = mine.hasHeard && options.now() - startedAt >= LASTING_MS;
    failures = lasted ? 0 : failures + 1;
    nextTryAt = lasted ? 0 : options.now() + toRetryWait(failure, failures).ms;
    if (mine.hasHeard) options.wake();
  }

  /** While a round is under way it may be reading just that: what is left is seen when it rests. */
  async function wakeIfMoved(): Promise<void> {
    if (options.isResting() && (await hasNews())) options.wake();
  }

  async function hasNews(): Promise<boolean> {
    const text = JSON.stringify(heads);
    // One round for each: a centre that says one thing here and another there is not asked in a loop.
    if (text === wokenFor || !(await isBeyond(heads))) return false;
    wokenFor = text;
    return true;
  }

  async function isBeyond(heard: Heads): Promise<boolean> {
    for (const [collection, head] of Object.entries(heard) as [Collection, number][]) {
      if (head > (await options.cursor(collection))) return true;
    }
    return false;
  }

  return {
    rested() {
      void listen();
      void wakeIfMoved();
    },
    isOpen: () => open?.hasHeard === true,
    hasNews,
    close() {
      open?.abort.abort();
      open = null;
    },
  };
}
