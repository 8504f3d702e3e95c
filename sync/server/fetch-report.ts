import type { z } from 'zod';
import type { Centre } from '#model/reference';
import { toCsv, toJson, toSyncReport } from '#model/reports/sync-report';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { ReferencePage } from '#protocol/pull';
import { SyncReportAnswer } from '#protocol/sync-report';

export type ReportFormat = 'csv' | 'json';

export type ReportOutcome =
  | { outcome: 'made'; text: string }
  | { outcome: 'offline' }
  | { outcome: 'refused'; status: number }
  /** Something answered that is no Darcha central server of this version. */
  | { outcome: 'not-central' };

type Source = { central: string; adminKey: string; now: number };

/** The sync report of all centres, as a table or as data. */
export async function fetchReport(source: Source, format: ReportFormat): Promise<ReportOutcome> {
  const figures = await get(source, '/v1/report/sync', SyncReportAnswer);
  if (figures.outcome !== 'ok') return figures;
  const centres = await fetchCentres(source);
  if (centres.outcome !== 'ok') return centres;
  const report = toSyncReport(figures.answer, centres.answer, source.now);
  return { outcome: 'made', text: format === 'csv' ? toCsv(report) : `${toJson(report)}\n` };
}

type Got<T> = { outcome: 'ok'; answer: T } | Exclude<ReportOutcome, { outcome: 'made' }>;

async function fetchCentres(source: Source): Promise<Got<Centre[]>> {
  const centres: Centre[] = [];
  for (let since = 0; ; ) {
    const page = await get(source, `/v1/pull/reference?since=${since}&bytes=1000000`, ReferencePage);
    if (page.outcome !== 'ok') return page;
    for (const { doc, deleted } of page.answer.docs) if (doc.kind === 'centre' && !deleted) centres.push(doc);
    since = page.answer.cursor;
    if (!page.answer.more) return { outcome: 'ok', answer: centres };
  }
}

async function get<T>(source: Source, path: string, schema: z.ZodType<T>): Promise<Got<T>> {
  const headers = {
    authorization: `Bearer admin:${source.adminKey}`,
    [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
  };
  const response = await fetch(`${source.central.replace(/\/+$/, '')}${path}`, { headers }).catch(() => null);
  if (response === null) return { outcome: 'offline' };
  if (!response.ok) return { outcome: 'refused', status: response.status };
  const parsed = schema.safeParse(await response.json().catch(() => null));
  return parsed.success ? { outcome: 'ok', answer: parsed.data } : { outcome: 'not-central' };
}
