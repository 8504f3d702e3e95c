import { readFile } from 'node:fs/promises';
import { fetchReport, type ReportOutcome } from '../fetch-report.ts';
import type { ReportOptions } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';

/** The sync report, from the server that holds the data. */
export async function makeReport({ format, central, keyFile }: ReportOptions): Promise<Done | Problem> {
  const adminKey = await readFile(keyFile, 'utf8').catch(() => null);
  if (adminKey === null) {
    const next = 'start the central server once, or name its key: --key-file <its data folder>/admin-key';
    return toProblem(EXIT.usage, `the key file ${keyFile} cannot be read.`, next);
  }
  const result = await fetchReport({ central, adminKey: adminKey.trim(), now: Date.now() }, format);
  if (result.outcome === 'made') return { outcome: 'done', text: result.text };
  return toProblem(EXIT.failed, toSentence(result, central), toNext(result));
}

type Failed = Exclude<ReportOutcome, { outcome: 'made' }>;

function toSentence(result: Failed, central: string): string {
  if (result.outcome === 'offline') return `no server answers at ${central}.`;
  if (result.outcome === 'not-central')
    return `what answers at ${central} is no central server of this version.`;
  return `the central server at ${central} refused (${result.status}).`;
}

function toNext({ outcome }: Failed): string {
  if (outcome === 'refused') return 'give the key of that server: --key-file <its data folder>/admin-key';
  return 'start it with npm start, or say where it is: --central URL';
}
