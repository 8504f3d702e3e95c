import { Radio, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Fee } from '#model/case-event';
import { inForceOn } from '#model/deadline';
import type { Service } from '#model/service';
import { feeGround } from '../../components/fee-ground.ts';
import { textOf, useField } from '../../components/fields/answer-form.ts';
import { amountInWords } from '../../i18n/amount-in-words.ts';
import { formatMoney } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './intake.module.css';

/** What is to be paid and on what ground; the step of the tariff where the form has not asked for it. */
export function FeeSection({
  service,
  fee,
  today,
}: {
  service: Service;
  fee: Fee;
  today: string;
}): ReactElement {
  const { t, language } = useTranslate();
  const { answer, set } = useField('fee.tier');
  const { tiers } = inForceOn(service.fees, today);
  const isAskedByForm = service.form.some((it) => it.key === 'feeTier');
  return (
    <div className={classes.fee}>
      {tiers.length > 1 && !isAskedByForm && (
        <Radio.Group label={t('fee.tier')} value={textOf(answer) || fee.tier} onChange={set} name="fee.tier">
          <Stack gap={6} mt={6}>
            {tiers.map((it) => (
              <Radio key={it.code} value={it.code} label={it.label?.[language] ?? it.code} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <div>
        <div className={classes.amount}>
          {fee.amount === 0 ? t('fee.free') : formatMoney(language, fee.amount, fee.currency)}
        </div>
        {fee.amount > 0 && <div>{amountInWords(language, fee.amount, fee.currency)}</div>}
        <div className={classes.quiet}>{feeGround(fee, { t, language, service, today })}</div>
      </div>
    </div>
  );
}
