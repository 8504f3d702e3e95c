import { Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { applicantFullName } from '../../components/applicant-name.ts';
import { DeadlineText } from '../../components/deadline-text.tsx';
import { DeliveryMark } from '../../components/delivery-mark.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { CaseView } from '../../data/use-case.ts';
import { formatDateTime, formatMoney } from '../../i18n/format.ts';
import classes from './case-screen.module.css';
import type { CaseWords } from './use-case-words.ts';

/** Number, service, status, deadline and delivery at one glance; the actions beside them. */
export function CaseHeader(props: { view: CaseView; words: CaseWords; children: ReactNode }): ReactElement {
  const { case: it, delivery } = props.view;
  const { t, language, service, now, utcOffsetMinutes, staffName } = props.words;
  return (
    <PageHeader
      title={it.number}
      below={
        <>
          <Text c="var(--darcha-ink)" fw={550}>
            {service?.name[language] ?? it.serviceCode} · {applicantFullName(it.answers)}
          </Text>
          <div className={classes.facts}>
            <StatusBadge status={it.status} />
            <DeadlineText dueAt={it.dueAt} open={it.open} now={now} utcOffsetMinutes={utcOffsetMinutes} />
            <DeliveryMark delivery={delivery} />
            <span>
              {t(it.acceptedOffline ? 'case.takenOffline' : 'case.taken', {
                at: formatDateTime(language, it.openedAt, utcOffsetMinutes),
                name: staffName(it.openedBy),
              })}
            </span>
            <span>
              {it.fee.amount === 0
                ? t('case.fee.none')
                : t('case.fee', { amount: formatMoney(language, it.fee.amount, it.fee.currency) })}
            </span>
          </div>
        </>
      }
    >
      {props.children}
    </PageHeader>
  );
}
