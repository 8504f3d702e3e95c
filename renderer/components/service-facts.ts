import { ruleInForce } from '#model/deadline';
import { feeFor } from '#model/fee';
import type { BaseAmount, Centre } from '#model/reference';
import type { DeadlineRule, Service } from '#model/service';
import { formatMoney, formatNumber } from '../i18n/format.ts';
import type { Language, Translate } from '../i18n/messages.ts';

type Needs = {
  t: Translate;
  language: Language;
  baseAmounts: readonly BaseAmount[];
  centre: Pick<Centre, 'country' | 'utcOffsetMinutes'>;
  now: number;
};

/** How long a service takes, in words: `3 ish kuni`. */
export function termText(rule: DeadlineRule, t: Translate): string {
  switch (rule.unit) {
    case 'window':
      return t('term.window', { opens: dayAndMonth(rule.opens), closes: dayAndMonth(rule.closes) });
    case 'open':
      return t(`term.open.${rule.reason}`);
    default:
      return t(`term.${rule.unit}`, { count: rule.count });
  }
}

/** How long and how much, as of `now`: what a clerk is asked first. */
export function serviceFacts(service: Service, { t, language, baseAmounts, centre, now }: Needs): string[] {
  const currency = centre.country === 'GE' ? 'GEL' : 'UZS';
  const { utcOffsetMinutes } = centre;
  const term = termText(ruleInForce(service, now, utcOffsetMinutes), t);
  const common = { baseAmounts, at: now, utcOffsetMinutes, channel: 'hall', currency } as const;
  const usual = feeFor(service, common);
  const tiers = service.fees.flatMap((it) => it.tiers.map((tier) => tier.code));
  const amounts = [...new Set(tiers)].map((tier) => feeFor(service, { ...common, tier }).amount);
  const least = Math.min(usual.amount, ...amounts);
  const most = Math.max(usual.amount, ...amounts);
  if (most === 0) return [term, t('fee.free')];
  const money = formatMoney(language, most, currency);
  return [term, least === most ? money : `${formatNumber(language, least)} – ${money}`];
}

function dayAndMonth(monthDay: string): string {
  const [month, day] = monthDay.split('-');
  return `${day}.${month}`;
}
