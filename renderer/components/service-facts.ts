import { ruleInForce } from '#model/deadline';
import { feeFor } from '#model/fee';
import type { BaseAmount, Centre } from '#model/reference';
import type { DeadlineRule, Service } from '#model/service';
import { formatMoney } from '../i18n/format.ts';
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
  const money = formatMoney(language, least, currency);
  const isOneOfSeveral = amounts.some((it) => it !== least);
  const free = least === 0 && !isOneOfSeveral;
  return [term, free ? t('fee.free') : isOneOfSeveral ? t('fee.from', { money }) : money];
}

function dayAndMonth(monthDay: string): string {
  const [month, day] = monthDay.split('-');
  return `${day}.${month}`;
}
