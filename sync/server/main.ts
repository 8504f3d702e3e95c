import { makeCode } from './make-code.ts';
import { HELP, parseCommand } from './options.ts';
import { EXIT, type Problem, serve } from './serve.ts';

const CLOSE_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  const asked = parseCommand(process.argv.slice(2));
  switch (asked.command) {
    case 'help':
      console.log(HELP);
      return;
    case 'wrong':
      tell({ exit: EXIT.usage, problem: `${asked.problem}.`, next: 'see --help.' });
      return;
    case 'code': {
      const made = await makeCode(asked.options);
      if (made.outcome === 'problem') tell(made);
      else console.log(made.code);
      return;
    }
    case 'serve': {
      const running = await serve(asked.options);
      if (running.outcome === 'problem') return tell(running);
      closeOnSignal(running.close);
      console.log(`darcha-central ready ${running.url}`);
    }
  }
}

function tell({ problem, next, exit }: Omit<Problem, 'outcome'>): void {
  console.error(`Darcha central: ${problem}\nNext: ${next}`);
  process.exitCode = exit;
}

function closeOnSignal(close: () => Promise<void>): void {
  const end = async (): Promise<void> => {
    const late = setTimeout(() => process.exit(1), CLOSE_WITHIN_MS);
    await close();
    clearTimeout(late);
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
}

await main();
