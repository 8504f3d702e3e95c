import { Anchor, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { applicantShortName } from '../../components/applicant-name.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { useMe } from '../../data/desk.ts';
import { useCases } from '../../data/use-case.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { CaseConflicts } from './case-conflicts.tsx';

const MOST_CASES = 200;

/** Every open conflict of the cases on this computer, to be settled one by one. */
export function ConflictsScreen(): ReactElement {
  const { t } = useTranslate();
  const me = useMe();
  const list = useCases({ filter: 'conflicts', sort: 'due', limit: MOST_CASES, now: 0 });
  return (
    <Stack gap="md">
      <PageHeader title={t('conflicts.title')} below={t('conflicts.explain')} />
      {me.role === 'it' && <Text>{t('conflicts.lookOnly')}</Text>}
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
          <CaseConflicts it={it} maySettle={me.role !== 'it'} />
        </Panel>
      ))}
    </Stack>
  );
}
