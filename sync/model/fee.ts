import type { Fee } from './case-event.ts';
import type { Channel } from './case-status.ts';
import { inForceOn, localDate } from './deadline.ts';
import type { BaseAmount } from './reference.ts';
import type { Service } from './service.ts';

/** Shares are kept in millionths, so that sums are of whole numbers. */
const SHARE_UNIT = 1_000_000;

/**
 * What the service costs on a day: the base amount in force then times the tier's share, plus its fixed
 * part; nine tenths of it through the portal; whole soʻm, half up.
 *
 * A tier that is not in the tariff falls to the first. Of a base amount nobody knows, `baseAmount` is 0.
 */
export function feeFor(
  service: Pick<Service, 'fees'>,
  {
    baseAmounts,
    at,
    utcOffsetMinutes,
    tier,
    channel,
    currency,
  }: {
    baseAmounts: readonly BaseAmount[];
    at: number;
    utcOffsetMinutes: number;
    tier?: string | undefined;
    channel: Channel;
    currency: Fee['currency'];
  },
): Fee {
  const today = localDate(at, utcOffsetMinutes);
  const { tiers } = inForceOn(service.fees, today);
  const chosen = tiers.find((it) => it.code === tier) ?? tiers[0];
  if (!chosen) throw new Error('a tariff without a tier');
  const baseAmount = baseAmountOn(baseAmounts, today, currency);
  const share = Math.round((chosen.baseShare ?? 0) * SHARE_UNIT);
  const whole = share * baseAmount + (chosen.soum ?? 0) * SHARE_UNIT;
  const tenths = channel === 'portal' ? 9 : 10;
  const amount = Math.floor((whole * tenths) / (SHARE_UNIT * 10) + 0.5);
  return { amount, baseAmount, tier: chosen.code, currency };
}

/** The base amount in force on a day in the country of a currency; 0 when none is known. */
export function baseAmountOn(
  baseAmounts: readonly BaseAmount[],
  date: string,
  currency: Fee['currency'],
): number {
  const country = currency === 'UZS' ? 'UZ' : 'GE';
  const known = baseAmounts.filter((it) => it.country === country);
  return known.length === 0 ? 0 : inForceOn(known, date).amount;
}
