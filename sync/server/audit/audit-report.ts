import type { CaseEvent, EventStatus } from '#model/case-event';
import type { Query } from '../store/sql.ts';
import { auditDesks, type DeskAudit, type Span } from './audit-desk.ts';
import { auditStream, type StreamAudit } from './audit-stream.ts';

export type CentreAudit = { centreId: number; stream: StreamAudit; desks: readonly DeskAudit[] };

/** To be asked in one transaction: of a moment, whoever pushes meanwhile. */
export async function auditCentre(query: Query, centreId: number): Promise<CentreAudit> {
  return {
    centreId,
    stream: await auditStream(query, centreId),
    desks: await auditDesks(query, centreId),
  };
}

/** Whether all is proved: nothing altered or missing, and every event of a desk with a key signed by it. */
export function isProved({ stream, desks }: CentreAudit): boolean {
  return (
    stream.faults.length === 0 &&
    desks.every((it) => it.gaps.length === 0 && it.bad.length === 0 && it.unsigned.length === 0)
  );
}

/** For paper: what was looked at, what was found, and nothing of what citizens said. */
export function toAuditText(audit: CentreAudit, now: number): string {
  const { centreId, stream, desks } = audit;
  const lines = [
    `Audit of centre ${centreId}, ${toTime(now)}`,
    `  events: ${stream.head}, linked from the first to the last; the chain ends in ${stream.chain || '(none yet)'}`,
    ...stream.faults.map((it) => `  FAULT at event ${it.seq}: ${FAULTS[it.code]}`),
    ...desks.flatMap(toDeskLines),
    `  ${isProved(audit) ? 'PROVED: nothing is missing or altered, and each event is signed by its desk' : 'NOT PROVED: see above'}`,
  ];
  return `${lines.join('\n')}\n`;
}

const FAULTS: Record<StreamAudit['faults'][number]['code'], string> = {
  hole: 'it is missing',
  altered: 'it is not what it was when the next one came',
  head: 'the stream says that it ends elsewhere',
};

function toDeskLines(it: DeskAudit): string[] {
  const key = it.key === null ? 'without a key of its own' : `key ${it.key}`;
  const spans = (list: readonly Span[]) => list.map(({ from, to }) => `${from}-${to}`).join(', ');
  return [
    `  desk ${it.device} "${it.desk}", ${key}, since ${toTime(it.enrolledAt)}: ${it.lastN} events`,
    ...(it.gaps.length === 0 ? [] : [`    FAULT: numbers are missing at ${it.gaps.join(', ')}`]),
    ...(it.bad.length === 0 ? [] : [`    FAULT: not what the desk has signed: ${spans(it.bad)}`]),
    ...(it.unsigned.length === 0 ? [] : [`    FAULT: signed by nobody: ${spans(it.unsigned)}`]),
  ];
}

type CaseRow = {
  seq: number;
  device_id: string;
  n: number;
  status: EventStatus;
  code: string | null;
  event: CaseEvent;
  received_at: number;
  chain: string;
};

/** The history of one case, a line an event: when and by whom it was recorded, when it came, and how it is proved. */
export async function toCaseText(query: Query, audit: CentreAudit, caseId: string): Promise<string | null> {
  const rows = await query.query<CaseRow>(
    `select seq, device_id, n, status, code, event, received_at, chain from event
      where centre_id = $1 and case_id = $2 order by seq`,
    [audit.centreId, caseId],
  );
  if (rows.length === 0) return null;
  const lines = rows.map((row) => {
    const { event, code } = row;
    const verdict = code === null ? row.status : `${row.status} (${code})`;
    return [
      `  ${row.seq} ${event.type} by ${event.by || '(nobody)'} at desk ${row.device_id} as its ${row.n}`,
      `    recorded ${toTime(event.at)}, came ${toTime(row.received_at)}, ${verdict}, ${toProofWords(audit, row)}`,
      `    chain ${row.chain}`,
    ].join('\n');
  });
  return `Case ${caseId} of centre ${audit.centreId}\n${lines.join('\n')}\n`;
}

function toProofWords({ stream, desks }: CentreAudit, { device_id, n, seq }: CaseRow): string {
  const desk = desks.find((it) => it.device === device_id);
  const isIn = (spans: readonly Span[]) => spans.some(({ from, to }) => from <= n && n <= to);
  const isSigned = desk !== undefined && !isIn(desk.unsigned) && !isIn(desk.bad);
  const isLinked = !stream.faults.some((it) => it.seq === seq);
  return `${isSigned ? 'signed' : 'NOT SIGNED'}, ${isLinked ? 'linked' : 'NOT LINKED'}`;
}

/** Times of a desk that nobody's clock can have shown are no reason to fail. */
function toTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `(${ms})` : date.toISOString();
}
