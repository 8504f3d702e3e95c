import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { runNode } from './run-program.mjs';

/**
 * Runs one of our Vitest projects and counts: `{ passed, failed, skipped: [{ test, reason }], retried, output, ms }`.
 *
 * A file that cannot be loaded, or an error outside any test, counts as one failure.
 */
export async function runVitest(project, { show = false } = {}) {
  const file = join(ROOT, 'out', 'tally', `${project}.json`);
  mkdirSync(join(ROOT, 'out', 'tally'), { recursive: true });
  rmSync(file, { force: true });
  const { code, output, ms } = await runNode(
    [
      join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      project,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=./build/run/tally-reporter.mjs',
    ],
    { show, env: { DARCHA_TALLY_FILE: file } },
  );
  return { ...toTally(code, readTally(file)), output, ms };
}

/** What a run counts for: an exit code that says "failed" is never turned into a success. */
export function toTally(code, counted) {
  const { passed = 0, failed = 0, skipped = [], retried = [] } = counted ?? {};
  return { passed, skipped, retried, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
