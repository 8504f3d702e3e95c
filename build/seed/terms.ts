import type { LocalText } from '#model/local-text';
import type { DeadlineRule, FeeRule, Service } from '#model/service';

/** When a figure is in force; `until` is exclusive. */
type Dates = { from?: string; until?: string };
type Deadline = Service['deadlines'][number];

/** Figures whose start no source gives hold from the first year of the base-amount history. */
const FIRST_DAY = '2018-01-01';

function inForce(dates: Dates) {
  return { from: dates.from ?? FIRST_DAY, ...(dates.until === undefined ? {} : { until: dates.until }) };
}

function due(rule: DeadlineRule, dates: Dates): Deadline {
  return { ...inForce(dates), rule };
}

export const minutes = (count: number, dates: Dates = {}) => due({ unit: 'minutes', count }, dates);
export const hours = (count: number, dates: Dates = {}) => due({ unit: 'hours', count }, dates);
export const workingDays = (count: number, dates: Dates = {}) => due({ unit: 'working-days', count }, dates);
export const calendarDays = (count: number, dates: Dates = {}) =>
  due({ unit: 'calendar-days', count }, dates);
export const months = (count: number, dates: Dates = {}) => due({ unit: 'months', count }, dates);

/** Applications are taken from `opens` to `closes` (`MM-DD`) of each year. */
export function yearlyWindow(opens: string, closes: string, count: number, dates: Dates = {}): Deadline {
  return due({ unit: 'window', opens, closes, workingDays: count }, dates);
}

/** No date can be promised. */
export function noDate(reason: 'queue' | 'vacancy' | 'agreed-slot', dates: Dates = {}): Deadline {
  return due({ unit: 'open', reason }, dates);
}

/** The fee as one share of the base amount, the price at the centre. */
export function share(baseShare: number, dates: Dates = {}): FeeRule {
  return { ...inForce(dates), tiers: [{ code: 'base', baseShare }] };
}

export const free = share(0);

/** What a crest form of a civil record costs (S27). */
export const crestForm = share(0.15);

/** One step of a tariff: its code, what it is called and its share of the base amount. */
export type Tier = readonly [code: string, label: LocalText, baseShare: number];

/** A tariff of several steps, the usual one first; the form asks for the step with `tierField`. */
export function tariff(tiers: readonly Tier[], dates: Dates = {}): FeeRule {
  return {
    ...inForce(dates),
    tiers: tiers.map(([code, label, baseShare]) => ({ code, label, baseShare })),
  };
}
