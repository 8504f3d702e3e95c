const SHAPE = /^(\d{13}):(\d{4}):(.+)$/;
const MAX_COUNT = 9999;

/** How far ahead of the centre's clock a station's time may be and still be believed. */
export const MAX_AHEAD_MS = 5 * 60_000;

/** Gives times that never go back, whatever the computer's clock does. */
export type HybridClock = {
  /** The time of something that happens now: later than all given and all seen. */
  next(): string;
  /** Tells the clock a time that came from elsewhere. One it cannot read changes nothing. */
  see(hlc: string): void;
  /** The last time that was given or seen, to open the clock with again. */
  latest(): string;
};

type Moment = { ms: number; count: number };

/**
 * Opens the clock of a device; `last` is the last time it gave before it was stopped.
 *
 * A time is text, `<ms, 13 digits>:<count, 4 digits>:<device>`, and compares as text.
 */
export function createHybridClock(device: string, now: () => number, last?: string): HybridClock {
  let latest: Moment = readMoment(last) ?? { ms: 0, count: 0 };
  return {
    next() {
      const ms = Math.max(0, Math.floor(now()));
      latest = ms > latest.ms ? { ms, count: 0 } : following(latest);
      return write(latest, device);
    },
    see(hlc) {
      const seen = readMoment(hlc);
      if (seen && (seen.ms > latest.ms || (seen.ms === latest.ms && seen.count > latest.count)))
        latest = seen;
    },
    latest: () => write(latest, device),
  };
}

/** Brings a time that is too far ahead of `now` back to the furthest that is believed. */
export function clampHlc(hlc: string, now: number, maxAheadMs = MAX_AHEAD_MS): string {
  const parts = SHAPE.exec(hlc);
  const limit = Math.floor(now) + maxAheadMs;
  if (!parts || Number(parts[1]) <= limit) return hlc;
  return write({ ms: limit, count: Number(parts[2]) }, parts[3] ?? '');
}

/** The wall-clock part of a hybrid time, epoch ms; `null` when it is none. */
export function hlcMs(hlc: string): number | null {
  return readMoment(hlc)?.ms ?? null;
}

function following({ ms, count }: Moment): Moment {
  return count < MAX_COUNT ? { ms, count: count + 1 } : { ms: ms + 1, count: 0 };
}

function readMoment(hlc: string | undefined): Moment | null {
  const parts = SHAPE.exec(hlc ?? '');
  return parts ? { ms: Number(parts[1]), count: Number(parts[2]) } : null;
}

function write({ ms, count }: Moment, device: string): string {
  return `${String(ms).padStart(13, '0')}:${String(count).padStart(4, '0')}:${device}`;
}
