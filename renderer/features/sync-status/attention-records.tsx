import { Anchor, Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { IconLine } from '../../components/icon-line.tsx';
import { Panel } from '../../components/panel.tsx';
import { recordReason } from '../../components/record-reason.ts';
import { useCase } from '../../data/use-case.ts';
import type { SyncStatus } from '../../data/use-sync.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

type Attention = SyncStatus['attention'];
type Props = { attention: Attention; now: number; utcOffsetMinutes: number };

/** Records that wait for a person, each with its reason and the way to it. None holds up another. */
export function AttentionRecords({ attention, now, utcOffsetMinutes }: Props): ReactElement {
  const { t } = useTranslate();
  const { conflicts, records } = attention;
  return (
    <Panel title={t('sync.attention')}>
      <Stack gap="xs">
        {conflicts === 0 && records.length === 0 && (
          <IconLine icon={IconCircleCheck} tone="good">
            {t('sync.attention.none')}
          </IconLine>
        )}
        {conflicts > 0 && (
          <Group gap="sm">
            <IconLine icon={IconAlertTriangle} tone="bad">
              {t('sync.attention.conflicts', { count: conflicts })}
            </IconLine>
            <Anchor renderRoot={(props) => <Link {...props} to="/conflicts" />}>
              {t('sync.attention.conflicts.open')}
            </Anchor>
          </Group>
        )}
        {records.length > 0 && (
          <>
            <Text size="sm">{t('sync.attention.records.safe')}</Text>
            <Table aria-label={t('sync.attention')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('sync.attention.number')}</Table.Th>
                  <Table.Th>{t('sync.attention.when')}</Table.Th>
                  <Table.Th>{t('sync.attention.reason')}</Table.Th>
                  <Table.Th>{t('sync.attention.code')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {records.map((it) => (
                  <RecordRow key={it.eventId} record={it} now={now} utcOffsetMinutes={utcOffsetMinutes} />
                ))}
              </Table.Tbody>
            </Table>
          </>
        )}
      </Stack>
    </Panel>
  );
}

function RecordRow(props: {
  record: Attention['records'][number];
  now: number;
  utcOffsetMinutes: number;
}): ReactElement {
  const { t, language } = useTranslate();
  const { record, now, utcOffsetMinutes } = props;
  const view = useCase(record.caseId);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          style={{ whiteSpace: 'nowrap' }}
          renderRoot={(rest) => (
            <Link {...rest} to="/cases/$caseId" params={{ caseId: record.caseId } as never} />
          )}
        >
          {view?.case.number ?? t('sync.attention.open')}
        </Anchor>
      </Table.Td>
      <Table.Td>{formatMoment(language, record.at, now, utcOffsetMinutes)}</Table.Td>
      <Table.Td>{recordReason(t, record.code)}</Table.Td>
      <Table.Td>
        <Text span size="sm" ff="monospace" style={{ whiteSpace: 'nowrap' }}>
          {record.code} · {record.n}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
