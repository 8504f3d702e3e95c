import { writeFileSync } from 'node:fs';

/**
 * Counts what a Vitest run did into the file DARCHA_TALLY_FILE, with the reason of each skipped test and what passed
 * only on its second try.
 */
export default class TallyReporter {
  onTestRunEnd(modules, errors) {
    const tally = { passed: 0, failed: errors.length, skipped: [], retried: [] };
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        tests += 1;
        count(tally, module, test);
      }
      if (tests === 0 && module.state() === 'failed') tally.failed += 1;
    }
    writeFileSync(process.env.DARCHA_TALLY_FILE, JSON.stringify(tally));
  }
}

function count(tally, module, test) {
  const { state, note } = test.result();
  const name = `${module.relativeModuleId}: ${test.fullName}`;
  if (state === 'passed' && (test.diagnostic()?.retryCount ?? 0) > 0) tally.retried.push(name);
  if (state === 'passed') tally.passed += 1;
  else if (state === 'failed') tally.failed += 1;
  else tally.skipped.push({ test: name, reason: note ?? null });
}
