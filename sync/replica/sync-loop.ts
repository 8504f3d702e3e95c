import { toRetryWait } from './retry-wait.ts';
import type { CycleOutcome } from './sync-cycle.ts';
import type { SyncFailure } from './sync-status.ts';

export type LoopState =
  | { phase: 'starting' | 'syncing' | 'idle' }
  | { phase: 'waiting-to-retry' | 'stopped'; failure: SyncFailure; nextTryAt: number };

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export type SyncLoop = {
  start(): void;
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>;
  /** Tries at once, whatever the backoff says. */
  now(): void;
  /** Something new waits to be sent; does not cut a backoff short. */
  wake(): void;
};

const IDLE_MS = 15_000;
/** While the centre would say by itself that something has moved. */
const HEARD_IDLE_MS = 300_000;

/** The one loop that talks to the centre: a round, a wait, and again. */
export function createSyncLoop(options: {
  cycle: (signal: AbortSignal) => Promise<CycleOutcome>;
  changed: (state: LoopState) => void;
  now: () => number;
  random: () => number;
  /** Whether the centre says by itself that something has moved. */
  isHearing?: () => boolean;
  sleep?: Sleep;
}): SyncLoop {
  const sleep = options.sleep ?? sleepReally;
  let running: AbortController | null = null;
  let ended: Promise<void> = Promise.resolve();
  let nap: { abort: AbortController; canBeWoken: boolean } | null = null;
  let isWanted = false;

  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      isWanted = false;
      const outcome = await runOnce(signal);
      if (signal.aborted) return;
      failures = outcome.outcome === 'in-sync' ? 0 : failures + 1;
      const plan = planNext(outcome, failures, options);
      options.changed(plan.state);
      const isPressed = isWanted && plan.state.phase === 'idle';
      if (!isPressed) await rest(plan.waitMs, plan.state.phase === 'idle', signal);
    }
  }

  async function runOnce(signal: AbortSignal): Promise<CycleOutcome> {
    try {
      return await options.cycle(signal);
    } catch (error) {
      // A bug has to be seen (console, tests), and must not end the sending of what is saved.
      if (!signal.aborted) void Promise.reject(error);
      return { outcome: 'disk-failed' };
    }
  }

  async function rest(ms: number, canBeWoken: boolean, signal: AbortSignal): Promise<void> {
    const abort = new AbortController();
    const end = () => abort.abort();
    signal.addEventListener('abort', end, { once: true });
    nap = { abort, canBeWoken };
    await sleep(ms, abort.signal);
    nap = null;
    signal.removeEventListener('abort', end);
  }

  return {
    start() {
      if (running !== null) return;
      const abort = new AbortController();
      running = abort;
      options.changed({ phase: 'starting' });
      // Never two rounds at once: one that was stopped may still be writing.
      ended = ended.then(() => run(abort.signal));
    },
    async stop() {
      running?.abort();
      running = null;
      await ended;
    },
    now() {
      isWanted = true;
      nap?.abort.abort();
    },
    wake() {
      isWanted = true;
      if (nap?.canBeWoken === true) nap.abort.abort();
    },
  };
}

type Plan = { state: LoopState; waitMs: number };

function planNext(
  outcome: CycleOutcome,
  failures: number,
  { now, random, isHearing }: { now: () => number; random: () => number; isHearing?: () => boolean },
): Plan {
  if (outcome.outcome === 'in-sync') {
    return { state: { phase: 'idle' }, waitMs: isHearing?.() === true ? HEARD_IDLE_MS : IDLE_MS };
  }
  const { ms, isHopeless } = toRetryWait(outcome, failures);
  // Half of it for certain, the other half by chance: a centre that comes back is not met by all at once.
  const waitMs = Math.round(ms / 2 + (ms / 2) * random());
  const phase = isHopeless ? 'stopped' : 'waiting-to-retry';
  return { state: { phase, failure: outcome, nextTryAt: now() + waitMs }, waitMs };
}

export const sleepReally: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
