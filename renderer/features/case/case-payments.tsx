import type { ReactElement } from 'react';
import type { Case } from '#model/case';
import { Panel } from '../../components/panel.tsx';
import { formatDateTime, formatMoney } from '../../i18n/format.ts';
import classes from './case-screen.module.css';
import type { CaseWords } from './use-case-words.ts';

/** What was paid, and what is still due. */
export function CasePayments({ it, words }: { it: Case; words: CaseWords }): ReactElement {
  const { t, language, utcOffsetMinutes, staffName } = words;
  const money = (amount: number): string => formatMoney(language, amount, it.fee.currency);
  const paid = it.payments.reduce((sum, payment) => sum + payment.amount, 0);
  return (
    <Panel title={t('case.payments')}>
      <div>
        {it.fee.amount === 0
          ? t('case.fee.none')
          : t(paid >= it.fee.amount ? 'case.fee.paid' : 'case.fee.due', {
              amount: money(it.fee.amount),
              left: money(Math.max(0, it.fee.amount - paid)),
            })}
      </div>
      <ul className={classes.list}>
        {it.payments.map((payment) => (
          <li key={payment.id} className={classes.item}>
            <div>
              {money(payment.amount)} · {t(`payment.${payment.method}`)}
              {payment.slip !== '' && ` · ${payment.slip}`}
            </div>
            <div className={classes.quiet}>
              {staffName(payment.by)} · {formatDateTime(language, payment.at, utcOffsetMinutes)}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
