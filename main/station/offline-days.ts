const DAY_MS = 86_400_000;
/** Who may never sign in without the centre still has it to be heard of once. */
const SHORTEST_MS = 60 * 60_000;

/** How many days somebody may still sign in, so long after the centre's last answer; 0: no more. */
export function daysLeft(offlineDays: number, sinceMs: number): number {
  if (sinceMs >= Math.max(offlineDays * DAY_MS, SHORTEST_MS)) return 0;
  return Math.max(1, offlineDays - Math.floor(Math.max(0, sinceMs) / DAY_MS));
}
