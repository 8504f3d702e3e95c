// npm run fuzz [-- --seeds N] [--from S] [--steps N]: simulated histories on all processors, for as long as one likes.
import './node-version.mjs';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensurePackages } from './packages.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';

const USAGE = 'npm run fuzz -- --seeds 10000 --from 1 --steps 220';
const PIECE = 100;
const WORKER = fileURLToPath(new URL('./fuzz-worker.mjs', import.meta.url));

await runCommand(async () => {
  const { seeds, from, steps } = readOptions();
  await ensurePackages();
  say(`playing ${seeds} histories from seed ${from} ...`);
  const total = { histories: 0, steps: 0, saved: 0, failed: [] };
  let next = from;
  const began = Date.now();
  const work = async () => {
    const worker = fork(WORKER, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    while (next < from + seeds) {
      const first = next;
      next += PIECE;
      worker.send({ from: first, many: Math.min(PIECE, from + seeds - first), steps });
      const [played] = await once(worker, 'message');
      add(total, played);
    }
    worker.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), Math.ceil(seeds / PIECE)) }, work));
  say(
    `${total.histories} histories, ${total.steps} steps, ${total.saved} saved records in ${Math.round((Date.now() - began) / 1000)} s: ` +
      `${total.failed.length} histories with something lost, doubled, stuck or leaked`,
  );
  return total.failed.length > 0 ? 1 : 0;
});

function add(total, played) {
  for (const it of ['histories', 'steps', 'saved']) total[it] += played[it];
  for (const it of played.failed) {
    say(`\nseed ${it.seed}:\n  ${it.violations.slice(0, 8).join('\n  ')}`);
    say('  Keep it: a line in tests/fuzz/kept-seeds.test.ts');
  }
  total.failed.push(...played.failed);
  if (total.histories % 1_000 === 0) say(`${total.histories} played`);
}

function readOptions() {
  const options = { seeds: { type: 'string' }, from: { type: 'string' }, steps: { type: 'string' } };
  let values;
  try {
    values = parseArgs({ options: { ...options, help: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Stop(error.message.split('. ')[0], USAGE, EXIT.usage);
  }
  if (values.help) {
    say(`${USAGE}\nEach seed is one history: clerks at work while lines, disks, clocks and servers fail.`);
    process.exit(0);
  }
  const toNumber = (name, preset) => {
    const value = Number(values[name] ?? preset);
    if (!Number.isInteger(value) || value < 1) {
      throw new Stop(`--${name} wants a whole number above 0.`, USAGE, EXIT.usage);
    }
    return value;
  };
  return { seeds: toNumber('seeds', 2_000), from: toNumber('from', 1), steps: toNumber('steps', 220) };
}
