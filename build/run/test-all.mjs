// npm test: set-up from nothing, every check, every test; ends with a line that counts them.
// `npm test -- --only unit` runs one kind: check, unit, fuzz, real or e2e.
import { parseArgs } from 'node:util';
import { buildBundles } from './build-bundles.mjs';
import { runCheck } from './check-steps.mjs';
import { closingLine } from './closing-line.mjs';
import { ensurePackages } from './packages.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';
import { ensureSystemTools } from './system-tools.mjs';
import { runVitest } from './vitest-tally.mjs';

const KINDS = ['check', 'unit', 'fuzz', 'real', 'e2e'];

await runCommand(async () => {
  const only = askedKind();
  const tallies = [];
  try {
    await runAll(only, tallies);
  } catch (error) {
    // Whatever stops the run, the last line still tells that something failed.
    const why = error instanceof Stop ? `${error.message}\nNext: ${error.next}` : error.stack;
    say(`\nDarcha: ${why}`);
    tallies.push({ passed: 0, failed: 1, skipped: [] });
  }
  saySkipped(tallies);
  sayRetried(tallies);
  const { line, failed } = closingLine(tallies);
  say(`\n${line}`);
  return failed > 0 ? 1 : 0;
});

// What was counted before something stops the run still counts: it is put into `tallies` as it comes.
async function runAll(only, tallies) {
  const isWanted = (kind) => only === null || only === kind;
  await ensurePackages();
  if (isWanted('real') || isWanted('e2e')) {
    await ensureSystemTools();
    await build(tallies);
  }
  if (isWanted('check')) tallies.push(...(await check()));
  if (only === 'unit') tallies.push(await tests('unit'));
  if (isWanted('fuzz')) tallies.push(await tests('fuzz'));
  if (isWanted('real')) tallies.push(await tests('real'));
  if (isWanted('e2e')) tallies.push(await tests('e2e'));
}

async function build(tallies) {
  heading('build');
  try {
    const built = await buildBundles();
    say(
      built.length === 0 ? 'everything in out/ is current' : `built ${built.map((it) => it.name).join(', ')}`,
    );
    tallies.push({ passed: 1, failed: 0, skipped: [] });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(error.message);
    tallies.push({ passed: 0, failed: 1, skipped: [] });
  }
}

async function check() {
  heading('check');
  const { passed, failed, tally } = await runCheck();
  return [{ passed, failed, skipped: [] }, tally];
}

async function tests(project) {
  heading(`${project} tests`);
  const tally = await runVitest(project, { show: true });
  say(
    `${project}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped in ${Math.round(tally.ms / 1000)} s`,
  );
  return tally;
}

function saySkipped(tallies) {
  const skipped = tallies.flatMap((it) => it.skipped);
  if (skipped.length === 0) return;
  say('\nSkipped:');
  for (const { test, reason } of skipped) say(`  ${test}${reason === null ? '' : `: ${reason}`}`);
}

/** One that passed only on its second try is a fault of the test, or of the product: somebody has to look. */
function sayRetried(tallies) {
  const retried = tallies.flatMap((it) => it.retried ?? []);
  if (retried.length === 0) return;
  say('\nPassed on the second try only:');
  for (const test of retried) say(`  ${test}`);
}

function heading(text) {
  say(`\n════ ${text} ════`);
}

function askedKind() {
  let only;
  try {
    only = parseArgs({ options: { only: { type: 'string' } } }).values.only;
  } catch (error) {
    throw new Stop(error.message.split('. ')[0], `npm test -- --only ${KINDS.join('|')}`, EXIT.usage);
  }
  if (only === undefined) return null;
  if (KINDS.includes(only)) return only;
  throw new Stop(`there is no kind of test named ${only}.`, `choose from: ${KINDS.join(', ')}.`, EXIT.usage);
}
