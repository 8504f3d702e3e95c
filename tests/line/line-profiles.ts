/** One direction of a line. `kbps: null` is as fast as the machine. */
export type Way = { kbps: number | null; delayMs: number; loss: number };

/** A line as a station has it: down is from the centre to the station. */
export type LineProfile = { down: Way; up: Way };

function toProfile(
  [down, up]: readonly [number, number],
  { roundTripMs, loss }: { roundTripMs: number; loss: number },
): LineProfile {
  const delayMs = roundTripMs / 2;
  return { down: { kbps: down, delayMs, loss }, up: { kbps: up, delayMs, loss } };
}

const NO_LIMIT: Way = { kbps: null, delayMs: 0, loss: 0 };

/** Lines of the country's centres, and the one that OpenCRVS tests its own client on. */
export const LINES = {
  /** Nothing in the way; for what a test does before it begins. */
  none: { down: NO_LIMIT, up: NO_LIMIT },
  /** P1: district centre on fibre; dark for ten minutes a week. */
  fibre: toProfile([20_000, 20_000], { roundTripMs: 20, loss: 0 }),
  /** P2: district centre on ADSL; dark three times a day, 1 to 15 minutes. */
  adsl: toProfile([4_000, 500], { roundTripMs: 60, loss: 0.005 }),
  /** P3: branch on 4G; dark ten times a day, 10 s to 5 min. P5, the mobile unit, has it twenty minutes a day. */
  mobile: toProfile([5_000, 1_000], { roundTripMs: 120, loss: 0.02 }),
  /** P4: branch on weak 3G or EDGE; dark for a third of the day. */
  edge: toProfile([200, 50], { roundTripMs: 600, loss: 0.05 }),
  /** The line of the figures to reach. P6 (power) and P7 (proxies, clocks) are no matter of the line. */
  thin: toProfile([128, 64], { roundTripMs: 600, loss: 0.005 }),
  /** OpenCRVS's 2G. */
  '2g': toProfile([250, 50], { roundTripMs: 300, loss: 0 }),
} as const satisfies Record<string, LineProfile>;
