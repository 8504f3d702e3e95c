import { Button } from '@mantine/core';
import { IconCircleCheck, IconDownload, IconFileOff, IconPrinter } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { NO_DUE_DATE } from '#model/case';
import { ruleInForce } from '#model/deadline';
import { EmptyState } from '../../components/empty-state.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import { Notice } from '../../components/notice.tsx';
import { termText } from '../../components/service-facts.ts';
import { useKeys } from '../../components/use-keys.tsx';
import { useDesk } from '../../data/desk.ts';
import { type CaseView, useCase } from '../../data/use-case.ts';
import { useCentre, useService, useStaff, useUtcOffset } from '../../data/use-catalogue.ts';
import { ReceiptNotice } from '../../documents/receipt-notice.tsx';
import { useReceipt } from '../../documents/use-receipt.ts';
import { formatLongDate, formatMoney, formatTime, formatWeekday } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './finished-screen.module.css';

/** The case is accepted: its number, the promised day, and the receipt. */
export function FinishedScreen(): ReactElement | null {
  const { caseId = '' }: { caseId?: string } = useParams({ strict: false });
  const { t } = useTranslate();
  const view = useCase(caseId);
  if (view === undefined) return null;
  if (view === null) {
    return (
      <EmptyState icon={IconFileOff} title={t('finished.gone')}>
        <Button component={Link} to="/">
          {t('intake.toCounter')}
        </Button>
      </EmptyState>
    );
  }
  return <Finished view={view} />;
}

function Finished({ view }: { view: CaseView }): ReactElement {
  const { t, language } = useTranslate();
  const navigate = useNavigate();
  const { case: it } = view;
  const service = useService(it.serviceCode, it.serviceVersion);
  const utcOffsetMinutes = useUtcOffset();
  const { identity } = useDesk();
  const receipt = useReceipt(it, { service, centre: useCentre(), staff: useStaff(), identity });
  const next = (): void => void navigate({ to: '/' });
  useKeys([
    { keys: 'F2', label: 'keys.next', run: next },
    { keys: 'Ctrl+P', label: 'keys.print', run: receipt.print },
    { keys: 'Escape', label: 'keys.next', run: next },
  ]);

  return (
    <div className={classes.sheet}>
      <div className={classes.head} role="status">
        <IconCircleCheck size={30} color="var(--darcha-good)" aria-hidden />
        <h1 className={classes.title}>{t('finished.title')}</h1>
      </div>
      <CaseNumber number={it.number} label={t('finished.number')} />
      <dl className={classes.facts}>
        <div>
          <dt>{t('summary.due')}</dt>
          <dd>{dueText()}</dd>
        </div>
        <div>
          <dt>{t('summary.fee')}</dt>
          <dd>
            {it.fee.amount === 0 ? t('fee.free') : formatMoney(language, it.fee.amount, it.fee.currency)}
          </dd>
        </div>
        <div>
          <dt>{t('finished.service')}</dt>
          <dd>{service?.name[language] ?? it.serviceCode}</dd>
        </div>
      </dl>
      <SentNotice view={view} time={formatTime(language, it.openedAt, utcOffsetMinutes)} />
      <ReceiptNotice state={receipt.state} number={it.number} />
      <div className={classes.actions}>
        <Button size="md" onClick={next} autoFocus rightSection={<KeyHint keys="F2" />}>
          {t('finished.next')}
        </Button>
        <Button
          size="md"
          variant="default"
          onClick={receipt.print}
          loading={receipt.state === 'making'}
          disabled={!receipt.isReady}
          leftSection={<IconPrinter size={20} aria-hidden />}
          rightSection={<KeyHint keys="Ctrl+P" />}
        >
          {t('finished.print')}
        </Button>
        <Button
          size="md"
          variant="default"
          onClick={receipt.save}
          disabled={!receipt.isReady || receipt.state === 'making'}
          leftSection={<IconDownload size={20} aria-hidden />}
        >
          {t('finished.save')}
        </Button>
        <Link to="/cases/$caseId" params={{ caseId: it.id }} className={classes.open}>
          {t('finished.open')}
        </Link>
      </div>
    </div>
  );

  function dueText(): string {
    if (it.dueAt === NO_DUE_DATE) {
      if (!service) return t('receipt.noDeadline');
      return termText(ruleInForce(service, it.openedAt, utcOffsetMinutes), t);
    }
    const day = formatLongDate(language, it.dueAt, utcOffsetMinutes);
    return `${day}, ${formatWeekday(language, it.dueAt, utcOffsetMinutes)}, ${formatTime(language, it.dueAt, utcOffsetMinutes)}`;
  }
}

/** Large enough to be read aloud across the counter; the dashes are where one draws breath. */
function CaseNumber({ number, label }: { number: string; label: string }): ReactElement {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <div className={classes.number} data-case-number={number}>
        {number}
      </div>
    </div>
  );
}

/** Only the centre's own word makes it sent. */
function SentNotice({ view, time }: { view: CaseView; time: string }): ReactElement {
  const { t } = useTranslate();
  if (view.delivery.state === 'sent') return <Notice tone="good">{t('finished.sent', { time })}</Notice>;
  if (view.delivery.state === 'attention' || view.delivery.state === 'refused') {
    return (
      <Notice tone="attention" title={t('finished.attention')}>
        {t('finished.attention.next')}
      </Notice>
    );
  }
  return (
    <Notice
      tone="attention"
      title={t(view.case.acceptedOffline ? 'finished.offline' : 'finished.waiting', { time })}
    >
      {t('finished.waiting.next')}
    </Notice>
  );
}
