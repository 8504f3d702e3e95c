import type { Fee } from '#model/case-event';
import { inForceOn } from '#model/deadline';
import type { Service } from '#model/service';
import { formatMoney, formatNumber } from '../i18n/format.ts';
import type { Language, Translate } from '../i18n/messages.ts';

type Needs = { t: Translate; language: Language; service: Pick<Service, 'fees'>; today: string };

/** Why the fee is what it is: `2 % BHM (412 000 soʻm)`, with the step of the tariff where there are several. */
export function feeGround(fee: Fee, { t, language, service, today }: Needs): string {
  const { tiers } = inForceOn(service.fees, today);
  const tier = tiers.find((it) => it.code === fee.tier) ?? tiers[0];
  const label = tiers.length > 1 ? tier?.label?.[language] : undefined;
  return [label, shareText()].filter((it) => it !== undefined).join(': ');

  function shareText(): string {
    if (fee.amount === 0) return t('fee.ground.free');
    const share = tier?.baseShare ?? 0;
    if (share === 0) return t('fee.ground.fixed');
    const base = formatMoney(language, fee.baseAmount, fee.currency);
    const part =
      share >= 1 ? formatNumber(language, share) : `${formatNumber(language, percent(share))}\u00a0%`;
    return t(share >= 1 ? 'fee.ground.times' : 'fee.ground.share', { part, base });
  }
}

function percent(share: number): number {
  return Number((share * 100).toFixed(4));
}
