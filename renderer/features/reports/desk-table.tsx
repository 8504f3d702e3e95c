import { Table, Text } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import type { DeskState } from '#model/desk-report';
import type { ReportRow } from '#model/reports/sync-report';
import { EmptyState } from '../../components/empty-state.tsx';
import { recordReason } from '../../components/record-reason.ts';
import { useUtcOffset } from '../../data/use-catalogue.ts';
import { formatBytes, formatMoment, formatNumber } from '../../i18n/format.ts';
import { formatDuration } from '../../i18n/format-duration.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './desk-table.module.css';
import { HealthMark } from './health-mark.tsx';

const DRIFT_ALLOWED_MS = 2 * 60_000;
const LITTLE_DISK_BYTES = 1024 ** 3;
const COLUMNS = ['desk', 'health', 'contact', 'waiting', 'files', 'failing', 'machine'] as const;

type Props = { rows: readonly ReportRow[]; asOf: number };

/** A desk a row, two lines each, so that all of F-4 is in sight without scrolling sideways. */
export function DeskTable({ rows, asOf }: Props): ReactElement {
  const { t } = useTranslate();
  if (rows.length === 0) return <EmptyState icon={IconBuildingCommunity} title={t('report.none')} />;
  return (
    <Table className={classes.table ?? ''} verticalSpacing={6} aria-label={t('report.sync.title')}>
      <Table.Thead>
        <Table.Tr>
          {COLUMNS.map((it) => (
            <Table.Th key={it}>{t(`report.column.${it}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((it) => (
          <DeskRow key={it.device} row={it} asOf={asOf} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function DeskRow({ row, asOf }: { row: ReportRow; asOf: number }): ReactElement {
  const { t, language } = useTranslate();
  const { state, centre } = row;
  const words = useRowWords(asOf);
  const silent = row.health === 'silent' && row.silentMs !== null;
  return (
    <Table.Tr>
      <Two first={centre?.name[language] ?? t('report.centre.unknown', { id: row.centreId })} strong>
        {[t('report.desk', { desk: row.desk }), state?.appVersion]
          .filter((it) => it !== undefined)
          .join(' · ')}
      </Two>
      <Two first={<HealthMark health={row.health} />}>
        {silent && t('report.silentFor', { duration: formatDuration(language, row.silentMs ?? 0) })}
      </Two>
      <Two first={words.moment(row.lastContactAt)}>
        {t('report.fullSync', { at: words.moment(row.lastFullSyncAt) })}
      </Two>
      {state === null ? <NothingKnown /> : <StateCells state={state} words={words} />}
      <Two
        first={t('report.failing', { count: state?.failing ?? 0 })}
        title={state?.failingCode == null ? undefined : recordReason(t, state.failingCode)}
      >
        {[t('report.conflicts', { count: row.openConflicts }), state?.failingCode]
          .filter((it) => it != null)
          .join(' · ')}
      </Two>
      <Two first={words.drift(row.clockDriftMs)}>{words.disk(state?.freeDiskBytes ?? null)}</Two>
    </Table.Tr>
  );
}

function StateCells({ state, words }: { state: DeskState; words: RowWords }): ReactElement {
  const { t } = useTranslate();
  return (
    <>
      <Two first={words.amount(state.waiting, state.waitingBytes)}>
        {state.oldestWaitingAt !== null && t('report.oldest', { at: words.moment(state.oldestWaitingAt) })}
      </Two>
      <Two first={words.amount(state.filesWaiting, state.filesWaitingBytes)}>{null}</Two>
    </>
  );
}

function NothingKnown(): ReactElement {
  return (
    <>
      <Two first="—">{null}</Two>
      <Two first="—">{null}</Two>
    </>
  );
}

type RowWords = ReturnType<typeof useRowWords>;

function useRowWords(asOf: number) {
  const { t, language } = useTranslate();
  const utcOffsetMinutes = useUtcOffset();
  return {
    moment: (at: number | null): string =>
      at === null ? t('sync.never') : formatMoment(language, at, asOf, utcOffsetMinutes),
    amount: (count: number, bytes: number): string =>
      count === 0 ? '0' : `${formatNumber(language, count)} · ${formatBytes(language, bytes)}`,
    drift(ms: number | null): string {
      if (ms === null) return t('sync.clock.unknown');
      if (Math.abs(ms) <= DRIFT_ALLOWED_MS) return t('sync.clock.right');
      const by = formatDuration(language, Math.abs(ms));
      return t(ms > 0 ? 'strip.clock.ahead' : 'strip.clock.behind', { by });
    },
    disk(freeBytes: number | null): string {
      if (freeBytes === null) return t('report.disk.unknown');
      const free = formatBytes(language, freeBytes);
      return t(freeBytes < LITTLE_DISK_BYTES ? 'report.disk.little' : 'report.disk', { free });
    },
  };
}

function Two(props: {
  first: ReactNode;
  strong?: boolean;
  title?: string | undefined;
  children: ReactNode;
}): ReactElement {
  return (
    <Table.Td title={props.title}>
      <Text size="sm" fw={props.strong ? 600 : 400} component="div">
        {props.first}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {props.children}
      </Text>
    </Table.Td>
  );
}
