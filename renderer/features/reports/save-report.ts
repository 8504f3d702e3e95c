import { REPORT_COLUMNS, type SyncReportView, toCsv } from '#model/reports/sync-report';
import { saveFile } from '../../components/save-file.ts';
import type { Language, Translate } from '../../i18n/messages.ts';
import { HEALTHS } from './health-mark.tsx';

// A spreadsheet takes a file without the mark for the old code page and spoils ʻ and Ў.
const BYTE_ORDER_MARK = '\ufeff';

/** Offers the report as a .csv file named after the moment its figures are of. */
export function saveReport(view: SyncReportView, t: Translate, language: Language): void {
  const csv = toCsv(view, {
    language,
    columns: Object.fromEntries(REPORT_COLUMNS.map((it) => [it, t(`report.csv.${it}`)])),
    health: Object.fromEntries(HEALTHS.map((it) => [it, t(`report.health.${it}`)])),
  });
  const moment = new Date(view.asOf).toISOString().slice(0, 16).replace(/[:T]/g, '-');
  const blob = new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' });
  saveFile(blob, `darcha-sync-${moment}.csv`);
}
