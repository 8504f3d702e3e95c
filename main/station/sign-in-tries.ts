/** Wrong tries of one person on this station: how many, and how long the next one has to wait from the last. */
export type Tries = { wrong: number; waitMs: number };

export const NO_TRIES: Tries = { wrong: 0, waitMs: 0 };

const FREE_TRIES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 30 * 60_000;

/** After five wrong tries the account waits 30 s, then twice as long after each further one, up to 30 min. */
export function countTry({ wrong: before }: Tries): Tries {
  const wrong = before + 1;
  if (wrong < FREE_TRIES) return { wrong, waitMs: 0 };
  return { wrong, waitMs: Math.min(FIRST_DELAY_MS * 2 ** (wrong - FREE_TRIES), LONGEST_DELAY_MS) };
}

export function triesLeft({ wrong }: Tries): number {
  return Math.max(0, FREE_TRIES - wrong);
}
