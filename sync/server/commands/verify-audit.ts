import { auditCentre, isProved, toAuditText, toCaseText } from '../audit/audit-report.ts';
import { withDatabase } from '../open-database.ts';
import type { AuditOptions, DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import type { Query } from '../store/sql.ts';
import { bringUp } from './run-migrate.ts';

/** Proves the history of a centre, or of all, from the database alone; with `caseId` prints that of a case. */
export function verifyAudit(database: DatabaseChoice, options: AuditOptions): Promise<Done | Problem> {
  return withDatabase(database, async (sql) => {
    const steps = await bringUp(sql);
    if (typeof steps !== 'string') return steps;
    return sql.transaction(async (query) => {
      // As of one moment, whoever pushes meanwhile.
      await query.query('set transaction isolation level repeatable read, read only');
      return audit(query, options);
    });
  });
}

async function audit(query: Query, { centre, caseId }: AuditOptions): Promise<Done | Problem> {
  const centres = await readCentres(query, centre);
  if (centres.length === 0) {
    const next = 'give the number of a centre that has taken cases.';
    return toProblem(EXIT.usage, `there are no events of centre ${centre ?? '(any)'}.`, next);
  }
  const texts: string[] = [];
  const failed: number[] = [];
  for (const centreId of centres) {
    const found = await auditCentre(query, centreId);
    texts.push(toAuditText(found, Date.now()));
    if (caseId !== null) texts.push((await toCaseText(query, found, caseId)) ?? '');
    if (!isProved(found)) failed.push(centreId);
  }
  const text = texts.join('');
  if (caseId !== null && !text.includes('\nCase ') && !text.startsWith('Case ')) {
    return toProblem(EXIT.usage, `no centre has a case ${caseId}.`, 'give the id of a case, not its number.');
  }
  if (failed.length === 0) return { outcome: 'done', text };
  process.stdout.write(text);
  const problem = `the history of centre ${failed.join(', ')} is not proved.`;
  return toProblem(EXIT.failed, problem, 'keep the database as it is, and compare with the last backup.');
}

async function readCentres(query: Query, centre: number | null): Promise<number[]> {
  const rows = await query.query<{ centre_id: number }>(
    `select centre_id from stream where coll = 'events' and ($1::int is null or centre_id = $1) order by centre_id`,
    [centre],
  );
  return rows.map((it) => it.centre_id);
}
