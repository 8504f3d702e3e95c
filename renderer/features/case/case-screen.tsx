import { Anchor, Stack, Text } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { settleConflict } from '#model/resolve-conflict';
import { toConflictItems } from '../../components/conflict-item.ts';
import { ConflictList } from '../../components/conflict-list.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { type CaseView, useCase } from '../../data/use-case.ts';
import { useMay } from '../../data/use-may.ts';
import { useSave } from '../../data/use-save.ts';
import { ReceiptNotice } from '../../documents/receipt-notice.tsx';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { CaseActions } from './case-actions.tsx';
import { CaseAnswers } from './case-answers.tsx';
import { CaseDocuments } from './case-documents.tsx';
import { CaseHeader } from './case-header.tsx';
import { CaseNotes } from './case-notes.tsx';
import { CasePayments } from './case-payments.tsx';
import { CaseReceipt } from './case-receipt.tsx';
import classes from './case-screen.module.css';
import { CaseTimeline } from './case-timeline.tsx';
import { useCaseReceipt } from './use-case-receipt.ts';
import { useCaseWords } from './use-case-words.ts';

/** One case: where it stands, what was said and brought, and everything that happened to it. */
export function CaseScreen(): ReactElement {
  const { t } = useTranslate();
  const { caseId = '' }: { caseId?: string } = useParams({ strict: false });
  const view = useCase(caseId);
  if (view === undefined) return <Text role="status">{t('case.reading')}</Text>;
  if (view === null) {
    return (
      <Panel>
        <EmptyState icon={IconFileOff} title={t('case.absent')}>
          {t('case.absent.next')}{' '}
          <Anchor renderRoot={(props) => <Link {...props} to="/cases" />}>{t('case.absent.list')}</Anchor>
        </EmptyState>
      </Panel>
    );
  }
  return <CasePage key={caseId} view={view} />;
}

function CasePage({ view }: { view: CaseView }): ReactElement {
  const may = useMay();
  const it = view.case;
  const words = useCaseWords(it);
  const saving = useSave(it.id);
  const receipt = useCaseReceipt(it, words.service);
  const { t } = words;
  return (
    <Stack gap="sm">
      <CaseHeader view={view} words={words}>
        <CaseReceipt receipt={receipt} />
        <CaseActions it={it} words={words} saving={saving} may={may} />
      </CaseHeader>
      <ReceiptNotice state={receipt.state} number={it.number} />
      {saving.failed !== undefined && (
        <div className={classes.inSight}>
          <Notice tone="bad">{t(`save.${saving.failed}`)}</Notice>
        </div>
      )}
      {words.service === null && (
        <Notice tone="attention" title={t('case.serviceUnknown', { code: it.serviceCode })}>
          {t('case.serviceUnknown.next')}
        </Notice>
      )}
      {it.refusal !== null && (
        <Notice tone="attention" title={t('case.refusal', { grounds: it.refusal.grounds.join(', ') })}>
          {it.refusal.reason}
        </Notice>
      )}
      {it.hasConflicts && (
        <Panel title={t('case.conflicts', { count: it.conflicts.length })} aside={t('conflicts.keys')}>
          <ConflictList
            items={toConflictItems(it, words)}
            onSettle={
              may('conflict.settle')
                ? (item, choice) => void saving.save(settleConflict(item.conflict, choice))
                : undefined
            }
          />
        </Panel>
      )}
      <div className={classes.columns}>
        <Stack gap="sm" className={classes.column ?? ''}>
          <CaseAnswers it={it} words={words} save={saving.save} mayEdit={may('case.answer') && it.open} />
          <CaseDocuments it={it} words={words} />
        </Stack>
        <Stack gap="sm" className={classes.column ?? ''}>
          <CaseTimeline caseId={it.id} words={words} />
          <CaseNotes it={it} words={words} saving={saving} mayAdd={may('case.note')} />
          <CasePayments it={it} words={words} />
        </Stack>
      </div>
    </Stack>
  );
}
