import { Anchor, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useEffect, useRef } from 'react';
import { applicantShortName } from '../../components/applicant-name.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { useKeys } from '../../components/use-keys.tsx';
import { useCases } from '../../data/use-case.ts';
import { useMay } from '../../data/use-may.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { CaseConflicts } from './case-conflicts.tsx';

const MOST_CASES = 200;

/** Every open conflict of the cases on this computer, to be settled one by one. */
export function ConflictsScreen(): ReactElement {
  const { t } = useTranslate();
  const may = useMay();
  const box = useRef<HTMLDivElement>(null);
  useKeys([
    { keys: '1', label: 'conflicts.keep' },
    { keys: '2', label: 'conflicts.take' },
  ]);
  const list = useCases({ filter: 'conflicts', sort: 'due', limit: MOST_CASES, now: 0 });
  const isHere = list !== undefined && list.total > 0;
  // One key settles: the first conflict has the focus as soon as there is one.
  useEffect(() => {
    if (isHere) box.current?.querySelector<HTMLElement>('[data-conflict]')?.focus();
  }, [isHere]);

  return (
    <Stack gap="md" ref={box}>
      <PageHeader title={t('conflicts.title')} below={t('conflicts.explain')} />
      {!may('conflict.settle') && <Text>{t('conflicts.lookOnly')}</Text>}
      {list?.total === 0 && <EmptyState icon={IconCircleCheck} title={t('conflicts.none')} />}
      {list?.rows.map(({ case: it }) => (
        <Panel
          key={it.id}
          title={
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link {...props} to="/cases/$caseId" params={{ caseId: it.id } as never} />
              )}
            >
              {it.number}
            </Anchor>
          }
          aside={applicantShortName(it.answers)}
        >
          <CaseConflicts it={it} maySettle={may('conflict.settle')} />
        </Panel>
      ))}
    </Stack>
  );
}
