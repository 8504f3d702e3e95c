import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fetchReport, type ReportFormat, type ReportOutcome } from './fetch-report.ts';

const USAGE = 'npm run report -- sync [--format csv|json] [--central URL] [--key-file FILE]';
const EXIT_USAGE = 2;
const EXIT_FAILED = 1;

const text = { type: 'string' } as const;

async function main(args: string[]): Promise<void> {
  const asked = tryParse(args);
  if (asked === null) return stop('that is not a report.', USAGE, EXIT_USAGE);
  const adminKey = await readFile(asked.keyFile, 'utf8').catch(() => null);
  if (adminKey === null) {
    const next = 'start the central server once, or name its key: --key-file <its data folder>/admin-key';
    return stop(`the key file ${asked.keyFile} cannot be read.`, next, EXIT_USAGE);
  }
  const source = { central: asked.central, adminKey: adminKey.trim(), now: Date.now() };
  const result = await fetchReport(source, asked.format);
  if (result.outcome === 'made') process.stdout.write(result.text);
  else stop(toProblem(result, asked.central), toNext(result), EXIT_FAILED);
}

function tryParse(args: string[]): { format: ReportFormat; central: string; keyFile: string } | null {
  try {
    const options = { format: text, central: text, 'key-file': text };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const { format = 'csv', central = 'http://127.0.0.1:47600', 'key-file': keyFile = 'admin-key' } = values;
    if (positionals.length !== 1 || positionals[0] !== 'sync') return null;
    if (format !== 'csv' && format !== 'json') return null;
    return { format, central, keyFile };
  } catch {
    return null;
  }
}

type Failed = Exclude<ReportOutcome, { outcome: 'made' }>;

function toProblem(result: Failed, central: string): string {
  if (result.outcome === 'offline') return `no server answers at ${central}.`;
  if (result.outcome === 'not-central')
    return `what answers at ${central} is no central server of this version.`;
  return `the central server at ${central} refused (${result.status}).`;
}

function toNext({ outcome }: Failed): string {
  if (outcome === 'refused') return 'give the key of that server: --key-file <its data folder>/admin-key';
  return 'start it with npm start, or say where it is: --central URL';
}

function stop(problem: string, next: string, exit: number): void {
  process.stderr.write(`Darcha: ${problem}\nNext:   ${next}\n`);
  process.exitCode = exit;
}

await main(process.argv.slice(2));
