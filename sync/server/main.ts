import { addCentre } from './commands/add-centre.ts';
import { checkCatalogue, publishCatalogue } from './commands/catalogue.ts';
import { enrol } from './commands/enrol.ts';
import { exportSubject } from './commands/export-subject.ts';
import { makeBackup } from './commands/make-backup.ts';
import { makeRecoveryKey } from './commands/make-recovery-key.ts';
import { makeReport } from './commands/make-report.ts';
import { runPerson } from './commands/person.ts';
import { revoke } from './commands/revoke.ts';
import { runMigrate } from './commands/run-migrate.ts';
import { runRestore } from './commands/run-restore.ts';
import { verifyAudit } from './commands/verify-audit.ts';
import { type Command, parseCommand, type ServeOptions } from './options.ts';
import { type Done, EXIT, type Problem, toProblem } from './problem.ts';
import { serve } from './serve.ts';

/** What did not end by itself within this is cut, and sent again by the desk. */
const CUT_AFTER_MS = 25_000;
const END_AFTER_MS = 35_000;

async function main(): Promise<void> {
  const asked = parseCommand(process.argv.slice(2), process.env);
  if (asked.command === 'serve') return startServer(asked.options);
  const result = await run(asked);
  if (result.outcome === 'problem') tell(result);
  else process.stdout.write(result.text);
}

async function run(asked: Exclude<Command, { command: 'serve' }>): Promise<Done | Problem> {
  switch (asked.command) {
    case 'help':
      return { outcome: 'done', text: asked.text };
    case 'wrong':
      return toProblem(EXIT.usage, `${asked.problem}.`, 'see --help.');
    case 'migrate':
      return runMigrate(asked.database);
    case 'backup':
      return makeBackup(asked.database, asked.file);
    case 'restore':
      return runRestore(asked.database, asked.file);
    case 'catalogue check':
      return checkCatalogue(asked.file);
    case 'catalogue publish':
      return publishCatalogue(asked.database, asked.file);
    case 'centre add':
      return addCentre(asked.database, asked.centre);
    case 'enrol':
      return enrol(asked.database, asked.options);
    case 'revoke':
      return revoke(asked.database, asked.options);
    case 'subject export':
      return exportSubject(asked.database, asked.out, process.stdin);
    case 'audit verify':
      return verifyAudit(asked.database, asked.options);
    case 'person':
      return runPerson(asked.database, asked.ask, process.stdin);

    case 'recovery-key':
      return makeRecoveryKey(asked.out);
    case 'report sync':
      return makeReport(asked.options);
  }
}

async function startServer(options: ServeOptions): Promise<void> {
  const running = await serve(options);
  if (running.outcome === 'problem') return tell(running);
  const end = async (): Promise<void> => {
    setTimeout(running.cut, options.drainSeconds * 1000 + CUT_AFTER_MS);
    setTimeout(() => process.exit(EXIT.failed), options.drainSeconds * 1000 + END_AFTER_MS);
    await running.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
  console.log(`darcha-central ready ${running.url}`);
  if (running.metricsUrl !== null) console.log(`darcha-central metrics ${running.metricsUrl}`);
}

function tell({ problem, next, exit }: Problem): void {
  console.error(`Darcha central: ${problem}\nNext: ${next}`);
  process.exitCode = exit;
}

await main();
