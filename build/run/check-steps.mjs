import { join } from 'node:path';
import { inPool } from './in-pool.mjs';
import { ROOT } from './root.mjs';
import { runNode } from './run-program.mjs';
import { say } from './say.mjs';
import { runVitest } from './vitest-tally.mjs';

const bin = (...path) => join(ROOT, 'node_modules', ...path);
// What is known of unchanged files is kept between runs: a second check takes half the time.
const tsc = (environment) => [
  bin('typescript-native', 'bin', 'tsc'),
  '-p',
  `build/checks/tsconfig.${environment}.json`,
  '--incremental',
  '--tsBuildInfoFile',
  join(ROOT, 'out', 'types', `${environment}.tsbuildinfo`),
];

// Longest first: with two at a time the short ones fill the gaps.
const STEPS = [
  { name: 'types: tests', args: tsc('tests') },
  { name: 'unit tests', run: () => runVitest('unit') },
  { name: 'unused (knip)', args: [bin('knip', 'bin', 'knip.js'), '--config', 'knip.json', '--no-progress'] },
  { name: 'imports (dependency-cruiser)', args: cruise() },
  { name: 'types: node', args: tsc('node') },
  { name: 'types: web', args: tsc('web') },
  { name: 'types: neutral', args: tsc('neutral') },
  {
    name: 'lint and format (Biome)',
    args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--diagnostic-level=error', '.'],
  },
];

/** Runs every check, prints what failed and a table; answers `{ passed, failed, tally }` of steps and unit tests. */
export async function runCheck() {
  const began = Date.now();
  const results = await inPool(STEPS, 2, runStep);
  for (const { name, ok, output } of results) {
    if (!ok) say(`\n──── ${name} ────\n${output.trim()}`);
  }
  say();
  for (const { name, ok, ms, note } of results) {
    say(
      `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(30)}${(ms / 1000).toFixed(1).padStart(6)} s${note ? `   ${note}` : ''}`,
    );
  }
  say(`check took ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const steps = results.filter((it) => it.tally === undefined);
  return {
    passed: steps.filter((it) => it.ok).length,
    failed: steps.filter((it) => !it.ok).length,
    tally: results.find((it) => it.tally !== undefined).tally,
  };
}

async function runStep({ name, args, run }) {
  if (run === undefined) {
    const { code, output, ms } = await runNode(args, { env: { NO_COLOR: '1' } });
    return { name, ok: code === 0, output, ms };
  }
  const began = Date.now();
  const tally = await run();
  const note = `${tally.passed} passed, ${tally.failed} failed`;
  return { name, ok: tally.failed === 0, output: tally.output, ms: Date.now() - began, note, tally };
}

function cruise() {
  const folders = ['main', 'renderer', 'sync', 'hardware', 'build', 'tests'];
  return [
    bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    '--config',
    'build/checks/import-table.cjs',
    '--output-type',
    'err',
    ...folders,
  ];
}
