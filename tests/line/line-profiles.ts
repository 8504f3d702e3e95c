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
  /** P1: district centre on fibre. */
  fibre: toProfile([20_000, 20_000], { roundTripMs: 20, loss: 0 }),
  /** P2: district centre on ADSL. */
  adsl: toProfile([4_000, 500], { roundTripMs: 60, loss: 0.005 }),
  /** P3: branch on 4G; P5, the mobile unit, has it for twenty minutes in the evening. */
  mobile: toProfile([5_000, 1_000], { roundTripMs: 120, loss: 0.02 }),
  /** P4: branch on weak 3G or EDGE. */
  edge: toProfile([200, 50], { roundTripMs: 600, loss: 0.05 }),
  /** P7 is as fibre; what is odd there is not the line. The line of the design figures: */
  thin: toProfile([128, 64], { roundTripMs: 600, loss: 0.005 }),
  /** OpenCRVS's 2G. */
  '2g': toProfile([250, 50], { roundTripMs: 300, loss: 0 }),
} as const satisfies Record<string, LineProfile>;

/** What cuts P1–P6 have, in seconds dark and how often; a test takes them in short. */
export const OUTAGES = {
  fibre: { perDay: 1 / 7, seconds: [600, 600] },
  adsl: { perDay: 3, seconds: [60, 900] },
  mobile: { perDay: 10, seconds: [10, 300] },
  edge: { perDay: 96, seconds: [60, 480] },
} as const;
