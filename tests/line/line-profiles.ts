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
  /** P3: branch on 4G; dark ten times a day, 10 s to 5 min. */
  mobile: toProfile([5_000, 1_000], { roundTripMs: 120, loss: 0.02 }),
  /** P4: branch on weak 3G or EDGE; dark for a third of the day. */
  edge: toProfile([200, 50], { roundTripMs: 600, loss: 0.05 }),
  /** The line of the figures to reach. */
  thin: toProfile([128, 64], { roundTripMs: 600, loss: 0.005 }),
  /** OpenCRVS's 2G. */
  '2g': toProfile([250, 50], { roundTripMs: 300, loss: 0 }),
} as const satisfies Record<string, LineProfile>;

/** A day of a station: its line, and what befalls it besides. */
export type Day = {
  line: LineProfile;
  /** There is none at first. */
  isDarkFirst?: true;
  /** The computer is off from one moment to the next, and is started again. */
  losesPower?: true;
  /** Something else answers in the centre's place at first. */
  hasPortal?: true;
  /** How long the name of the centre takes to be looked up. */
  nameMs?: number;
  clockOffsetMs?: number;
};

export const DAYS = {
  'P1 fibre': { line: LINES.fibre },
  'P2 ADSL': { line: LINES.adsl },
  'P3 4G': { line: LINES.mobile },
  'P4 EDGE': { line: LINES.edge },
  'P5 mobile unit': { line: LINES.mobile, isDarkFirst: true },
  'P6 power cut': { line: LINES.adsl, losesPower: true },
  'P7 odd network': { line: LINES.adsl, hasPortal: true, nameMs: 2_000, clockOffsetMs: -40 * 60_000 },
} as const satisfies Record<string, Day>;
