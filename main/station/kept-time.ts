import { z } from 'zod';

/** The computer's clock, epoch ms, and one that only runs on while the program does. */
export type Clocks = { wall(): number; running(): number };

export const CLOCKS: Clocks = { wall: Date.now, running: () => performance.now() };

/** What is kept of time over restarts: the highest ever seen, and by how much the computer's clock was behind the centre's. */
export const SeenTime = z.object({ seen: z.number(), behind: z.number() });
export type SeenTime = z.infer<typeof SeenTime>;

export type KeptTime = {
  now(): number;
  /** The centre's word: whatever was seen before, it is this late. */
  judge(serverTime: number): void;
  toKeep(): SeenTime;
};

/**
 * Time that a clock set back does not give again: it is never before what was once seen, and runs on while the
 * program runs. A clock set forward takes days away until the centre is heard of.
 */
export function createKeptTime({ wall, running }: Clocks, kept: SeenTime): KeptTime {
  let { behind } = kept;
  let from = Math.max(kept.seen, wall() + behind);
  let since = running();
  const now = (): number => Math.max(from + running() - since, wall() + behind);
  return {
    now() {
      // Also what is seen in between: the clock may go forward and back again while we run.
      from = now();
      since = running();
      return from;
    },
    judge(serverTime) {
      behind = serverTime - wall();
      from = serverTime;
      since = running();
    },
    toKeep: () => ({ seen: Math.round(now()), behind: Math.round(behind) }),
  };
}
