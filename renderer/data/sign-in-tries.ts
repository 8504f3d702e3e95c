/** Wrong PINs of one person on this station, kept over restarts. */
export type Tries = { wrong: number; lockedUntil: number };

const FREE_TRIES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 30 * 60_000;

/** After five wrong tries the account waits 30 s, then twice as long after each further one, up to 30 min. */
export function countWrongTry(tries: Tries, now: number): Tries {
  const wrong = tries.wrong + 1;
  if (wrong < FREE_TRIES) return { wrong, lockedUntil: 0 };
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (wrong - FREE_TRIES), LONGEST_DELAY_MS);
  return { wrong, lockedUntil: now + delay };
}

export function readTries(stored: unknown): Tries {
  const it = stored as Partial<Tries> | null | undefined;
  return { wrong: it?.wrong ?? 0, lockedUntil: it?.lockedUntil ?? 0 };
}

export function triesLeft(tries: Tries): number {
  return Math.max(0, FREE_TRIES - tries.wrong);
}
