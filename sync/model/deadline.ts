import type { CalendarDay, Centre } from './reference.ts';
import type { DeadlineRule, Service } from './service.ts';
import { unreachable } from './unreachable.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** When a working day ends of which nobody has said when. */
export const USUAL_CLOSING = '18:00';

/** On which days a centre's country works, and when the centre closes. Dates are ISO, local. */
export type WorkingCalendar = {
  readonly utcOffsetMinutes: number;
  isWorkingDay(date: string): boolean;
  /** The `count`th working day after `date`, which itself does not count. */
  addWorkingDays(date: string, count: number): string;
  /** How many working days lie after `from`, up to and with `to`; negative when `to` is earlier. */
  workingDaysBetween(from: string, to: string): number;
  /** Epoch ms of the end of a day's opening hours. */
  closingTime(date: string): number;
};

/**
 * The five-day week of the country with its holidays and swapped days as data.
 *
 * A centre that opens on Saturdays serves then, but no term runs on it. A decided day goes before a
 * forecast one of the same date.
 */
export function createWorkingCalendar({
  days,
  hours,
  country,
  utcOffsetMinutes,
}: {
  days: readonly CalendarDay[];
  hours: Centre['hours'];
  country: Centre['country'];
  utcOffsetMinutes: number;
}): WorkingCalendar {
  const named = new Map(
    days
      .filter((it) => it.country === country)
      .sort((a, b) => Number(b.provisional) - Number(a.provisional) || (a.id < b.id ? -1 : 1))
      .map((it) => [it.date, it.works]),
  );
  const isWorkingDay = (date: string) => named.get(date) ?? !isWeekend(date);
  return {
    utcOffsetMinutes,
    isWorkingDay,
    addWorkingDays(date, count) {
      let day = date;
      for (let left = count; left > 0; ) {
        day = addDays(day, 1);
        if (isWorkingDay(day)) left -= 1;
      }
      return day;
    },
    workingDaysBetween(from, to) {
      if (to < from) return -this.workingDaysBetween(to, from);
      let count = 0;
      for (let day = from; day < to; ) {
        day = addDays(day, 1);
        if (isWorkingDay(day)) count += 1;
      }
      return count;
    },
    closingTime(date) {
      const closes = hours.find((it) => it.weekday === weekdayOf(date))?.closes ?? USUAL_CLOSING;
      return localTime(date, /^\d\d:\d\d$/.test(closes) ? closes : USUAL_CLOSING, utcOffsetMinutes);
    },
  };
}

/** Epoch ms by which the result is owed; `null` when no date can be promised. */
export function dueAt(rule: DeadlineRule, openedAt: number, calendar: WorkingCalendar): number | null {
  const today = localDate(openedAt, calendar.utcOffsetMinutes);
  switch (rule.unit) {
    case 'minutes':
      return openedAt + rule.count * MINUTE_MS;
    case 'hours':
      return openedAt + rule.count * 60 * MINUTE_MS;
    case 'working-days':
      return calendar.closingTime(calendar.addWorkingDays(today, rule.count));
    case 'calendar-days':
      return calendar.closingTime(addDays(today, rule.count));
    case 'months':
      return calendar.closingTime(addMonths(today, rule.count));
    case 'window':
      return calendar.closingTime(calendar.addWorkingDays(today, rule.workingDays));
    case 'open':
      return null;
    default:
      return unreachable(rule);
  }
}

/** The deadline that holds for a case opened then; with none in force, the one that came last before. */
export function ruleInForce(
  service: Pick<Service, 'deadlines'>,
  openedAt: number,
  utcOffsetMinutes: number,
): DeadlineRule {
  return inForceOn(service.deadlines, localDate(openedAt, utcOffsetMinutes)).rule;
}

/** Whether one may apply at that moment; of a rule without a window: always. */
export function isInWindow(rule: DeadlineRule, at: number, utcOffsetMinutes: number): boolean {
  if (rule.unit !== 'window') return true;
  const day = localDate(at, utcOffsetMinutes).slice(5);
  if (rule.opens <= rule.closes) return rule.opens <= day && day <= rule.closes;
  return day >= rule.opens || day <= rule.closes;
}

/** The ISO date on the wall of a centre. */
export function localDate(epochMs: number, utcOffsetMinutes: number): string {
  return new Date(epochMs + utcOffsetMinutes * MINUTE_MS).toISOString().slice(0, 10);
}

/** Of dated figures, the one in force on a day; else the last that began before it, else the first. */
export function inForceOn<T extends { from: string; until?: string | undefined }>(
  figures: readonly T[],
  date: string,
): T {
  const byStart = [...figures].sort((a, b) => (a.from < b.from ? -1 : 1));
  const begun = byStart.filter((it) => it.from <= date);
  const found = begun.findLast((it) => !it.until || date < it.until) ?? begun.at(-1) ?? byStart[0];
  if (!found) throw new Error('a catalogue entry without figures');
  return found;
}

/** The date `count` days later. */
export function addDays(date: string, count: number): string {
  return isoDate(startOf(date) + count * DAY_MS);
}

/** The same day `count` months later, or the last of that month when it is shorter. */
function addMonths(date: string, count: number): string {
  const start = new Date(startOf(date));
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + count];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return isoDate(Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay)));
}

function isWeekend(date: string): boolean {
  const weekday = weekdayOf(date);
  return weekday === 0 || weekday === 6;
}

function weekdayOf(date: string): number {
  return new Date(startOf(date)).getUTCDay();
}

function localTime(date: string, time: string, utcOffsetMinutes: number): number {
  return Date.parse(`${date}T${time}:00Z`) - utcOffsetMinutes * MINUTE_MS;
}

function startOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
