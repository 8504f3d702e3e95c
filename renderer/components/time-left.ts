const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How far a promised time is: `left` before it, `late` after it, in the unit a person would say. */
export type TimeLeft = { side: 'left' | 'late'; unit: 'minutes' | 'hours' | 'days'; count: number };

/** Days are counted by the calendar of the centre, not by 24 hours: tomorrow morning is one day away. */
export function timeLeft(dueAt: number, now: number, utcOffsetMinutes: number): TimeLeft {
  const side = now > dueAt ? 'late' : 'left';
  const days = Math.abs(dayOf(dueAt, utcOffsetMinutes) - dayOf(now, utcOffsetMinutes));
  if (days > 0) return { side, unit: 'days', count: days };
  const distance = Math.abs(dueAt - now);
  if (distance >= HOUR_MS) return { side, unit: 'hours', count: Math.floor(distance / HOUR_MS) };
  return { side, unit: 'minutes', count: Math.max(1, Math.floor(distance / MINUTE_MS)) };
}

function dayOf(at: number, utcOffsetMinutes: number): number {
  return Math.floor((at + utcOffsetMinutes * MINUTE_MS) / DAY_MS);
}
