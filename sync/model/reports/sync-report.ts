import type { DeskRow } from '../desk-report.ts';
import type { Centre } from '../reference.ts';
import { toCsvText } from './csv.ts';

const HOUR_MS = 3_600_000;

/** Figures older than this are not of today's work. */
export const STALE_AFTER_MS = HOUR_MS;
/** A record that has waited so long, or a full round so long ago, is late. */
export const LATE_AFTER_MS = 4 * HOUR_MS;
/** A desk that has not been heard of for so long is silent. */
export const SILENT_AFTER_MS = 24 * HOUR_MS;

/** What the centre knows of its desks as of a moment of its own clock, epoch ms. */
export type SyncReport = { asOf: number; rows: readonly DeskRow[] };

/**
 * How a desk is, the worst that is true of it. `failing`: it has records the centre did not take;
 * `never`: enrolled, and has never told how it is; `silent`: not heard of for a day; `late`: heard of, but behind.
 */
export type DeskHealth = 'ok' | 'late' | 'silent' | 'failing' | 'never';

/** A desk in the report; `silentMs` since its last contact, `null` when there was none. */
export type ReportRow = DeskRow & { centre: Centre | null; health: DeskHealth; silentMs: number | null };

/** Figures over all desks of a report. */
export type ReportTotals = {
  desks: number;
  byHealth: Record<DeskHealth, number>;
  waiting: number;
  waitingBytes: number;
  oldestWaitingAt: number | null;
  filesWaiting: number;
  filesWaitingBytes: number;
  failing: number;
  openConflicts: number;
};

/** The sync report (form F-4), worst desk first. `stale`: the figures themselves are old. */
export type SyncReportView = { asOf: number; stale: boolean; rows: ReportRow[]; totals: ReportTotals };

/** Names and judges the desks as of the moment of the figures; `now` only says how old those are. */
export function toSyncReport(
  { asOf, rows }: SyncReport,
  centres: readonly Centre[],
  now: number,
): SyncReportView {
  const byId = new Map(centres.map((it) => [it.centreId, it]));
  const judged = rows.map((row) => ({
    ...row,
    centre: byId.get(row.centreId) ?? null,
    health: healthOf(row, asOf),
    silentMs: row.lastContactAt === null ? null : Math.max(0, asOf - row.lastContactAt),
  }));
  const sorted = judged.sort(compareWorstFirst);
  return { asOf, stale: now - asOf > STALE_AFTER_MS, rows: sorted, totals: totalsOf(sorted) };
}

const BADNESS: Readonly<Record<DeskHealth, number>> = { failing: 4, never: 3, silent: 2, late: 1, ok: 0 };

function healthOf(row: DeskRow, asOf: number): DeskHealth {
  if (row.lastContactAt === null || row.state === null) return 'never';
  if (row.state.failing > 0) return 'failing';
  if (asOf - row.lastContactAt > SILENT_AFTER_MS) return 'silent';
  const hasOldRecord = oldestWait(row) > LATE_AFTER_MS;
  const roundAt = row.lastFullSyncAt ?? row.enrolledAt;
  return hasOldRecord || asOf - roundAt > LATE_AFTER_MS ? 'late' : 'ok';
}

/** By the desk's own clock on both ends, so that a wrong one does no harm. */
function oldestWait({ state }: DeskRow): number {
  return state?.oldestWaitingAt == null ? 0 : Math.max(0, state.clock - state.oldestWaitingAt);
}

function compareWorstFirst(a: ReportRow, b: ReportRow): number {
  return (
    BADNESS[b.health] - BADNESS[a.health] ||
    (b.state?.failing ?? 0) - (a.state?.failing ?? 0) ||
    (b.silentMs ?? Number.MAX_SAFE_INTEGER) - (a.silentMs ?? Number.MAX_SAFE_INTEGER) ||
    oldestWait(b) - oldestWait(a) ||
    b.openConflicts - a.openConflicts ||
    a.centreId - b.centreId ||
    (a.desk < b.desk ? -1 : Number(a.desk > b.desk))
  );
}

function totalsOf(rows: readonly ReportRow[]): ReportTotals {
  const byHealth = { ok: 0, late: 0, silent: 0, failing: 0, never: 0 };
  for (const row of rows) byHealth[row.health] += 1;
  const sum = (figure: (row: ReportRow) => number) => rows.reduce((it, row) => it + figure(row), 0);
  const oldest = rows.flatMap((it) => it.state?.oldestWaitingAt ?? []);
  return {
    desks: rows.length,
    byHealth,
    waiting: sum((it) => it.state?.waiting ?? 0),
    waitingBytes: sum((it) => it.state?.waitingBytes ?? 0),
    oldestWaitingAt: oldest.length > 0 ? Math.min(...oldest) : null,
    filesWaiting: sum((it) => it.state?.filesWaiting ?? 0),
    filesWaitingBytes: sum((it) => it.state?.filesWaitingBytes ?? 0),
    failing: sum((it) => it.state?.failing ?? 0),
    openConflicts: sum((it) => it.openConflicts),
  };
}

/** Columns of the report's table, in order; their names are the headings unless labels say otherwise. */
export const REPORT_COLUMNS = [
  'asOf',
  'centreId',
  'centre',
  'desk',
  'device',
  'health',
  'appVersion',
  'lastContactAt',
  'silentHours',
  'lastFullSyncAt',
  'waiting',
  'waitingBytes',
  'oldestWaitingAt',
  'failing',
  'failingCode',
  'openConflicts',
  'filesWaiting',
  'filesWaitingBytes',
  'clockDriftSeconds',
  'freeDiskBytes',
] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

type Cell = string | number | null;

/** What stands in the table instead of codes: headings, health, the language of centres' names. */
export type ReportLabels = {
  columns?: Partial<Record<ReportColumn, string>>;
  health?: Partial<Record<DeskHealth, string>>;
  language?: keyof Centre['name'];
};

/** The report as CSV (RFC 4180, times in UTC, ISO 8601). */
export function toCsv(report: SyncReportView, labels: ReportLabels = {}): string {
  const headings = REPORT_COLUMNS.map((it) => labels.columns?.[it] ?? it);
  const lines = report.rows.map((row) => {
    const cells = toCells(row, report.asOf, labels);
    return REPORT_COLUMNS.map((it) => cells[it]);
  });
  return toCsvText([headings, ...lines]);
}

/** The report as JSON for other programs: the figures of the table, times in epoch ms. */
export function toJson(report: SyncReportView): string {
  const rows = report.rows.map(({ centre, ...row }) => ({ ...row, centre: centre?.name ?? null }));
  return JSON.stringify({ ...report, rows }, null, 2);
}

function toCells(
  row: ReportRow,
  asOf: number,
  { health, language = 'en' }: ReportLabels,
): Record<ReportColumn, Cell> {
  return {
    asOf: isoTime(asOf),
    centreId: row.centreId,
    centre: row.centre?.name[language] ?? null,
    desk: row.desk,
    device: row.device,
    health: health?.[row.health] ?? row.health,
    lastContactAt: isoTime(row.lastContactAt),
    silentHours: row.silentMs === null ? null : Math.round(row.silentMs / (HOUR_MS / 10)) / 10,
    lastFullSyncAt: isoTime(row.lastFullSyncAt),
    openConflicts: row.openConflicts,
    clockDriftSeconds: row.clockDriftMs === null ? null : Math.round(row.clockDriftMs / 1000),
    ...stateCells(row.state),
  };
}

function stateCells(state: DeskRow['state']) {
  return {
    appVersion: state?.appVersion ?? null,
    waiting: state?.waiting ?? null,
    waitingBytes: state?.waitingBytes ?? null,
    oldestWaitingAt: isoTime(state?.oldestWaitingAt ?? null),
    failing: state?.failing ?? null,
    failingCode: state?.failingCode ?? null,
    filesWaiting: state?.filesWaiting ?? null,
    filesWaitingBytes: state?.filesWaitingBytes ?? null,
    freeDiskBytes: state?.freeDiskBytes ?? null,
  };
}

function isoTime(ms: number | null): string | null {
  const time = ms === null ? null : new Date(ms);
  return time === null || Number.isNaN(time.getTime()) ? null : time.toISOString();
}
