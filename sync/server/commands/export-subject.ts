import { writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { auditCentre, toAuditText, toCaseText } from '../audit/audit-report.ts';
import { withDatabase } from '../open-database.ts';
import type { DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { readFirstLine } from '../read-first-line.ts';
import { findSubject, type SubjectCase } from '../store/find-subject.ts';
import type { Query } from '../store/sql.ts';
import { bringUp } from './run-migrate.ts';

/**
 * All that is kept of a person, in one file: for the person who asks, or for a court, with the proof that it was not
 * changed. The number that it is found by comes by the input, and is in no log.
 */
export function exportSubject(
  database: DatabaseChoice,
  out: string,
  input: Readable,
): Promise<Done | Problem> {
  return withDatabase(database, async (sql) => {
    const steps = await bringUp(sql);
    if (typeof steps !== 'string') return steps;
    const number = (await readFirstLine(input)).trim();
    if (number.replace(/\W/g, '').length < 5) {
      const next = 'echo a personal number, one of a document or a phone into this command.';
      return toProblem(EXIT.usage, 'there is no number to look for.', next);
    }
    return sql.transaction(async (query) => {
      await query.query('set transaction isolation level repeatable read, read only');
      return write(query, number, out);
    });
  });
}

async function write(query: Query, number: string, out: string): Promise<Done | Problem> {
  const cases = await findSubject(query, number);
  if (cases.length === 0) {
    const next = 'see that it is typed as it stands in the papers.';
    return toProblem(EXIT.failed, 'no case of any centre has this number.', next);
  }
  const proofs = await prove(query, cases);
  const whole = { madeAt: new Date().toISOString(), number, cases, proofs };
  try {
    await writeFile(out, `${JSON.stringify(whole, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as { code?: string };
    const next = 'give --out a name that is not taken, in a folder that is there.';
    return toProblem(EXIT.notWritable, `${out} cannot be written (${code}).`, next);
  }
  const files = cases.reduce((sum, it) => sum + (it.case?.documents.length ?? 0), 0);
  const what = `${cases.length} cases of ${proofs.length} centres`;
  const papers =
    files === 0 ? '' : `; ${files} papers are named in it by their SHA-256 and lie with the files`;
  return { outcome: 'done', text: `${out} has ${what}${papers}\n` };
}

/** The audit of each centre that has one of them, and the history of each case in it. */
async function prove(query: Query, cases: readonly SubjectCase[]): Promise<string[]> {
  const proofs: string[] = [];
  for (const centreId of new Set(cases.map((it) => it.centreId))) {
    const audit = await auditCentre(query, centreId);
    const own = cases.filter((it) => it.centreId === centreId);
    const texts: (string | null)[] = [];
    for (const it of own) texts.push(await toCaseText(query, audit, it.caseId));
    proofs.push([toAuditText(audit, Date.now()), ...texts].join(''));
  }
  return proofs;
}
