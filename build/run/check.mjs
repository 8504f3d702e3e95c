// npm run check: types, lint, import table, unused code, unit tests. Before every commit.
import './node-version.mjs';
import { runCheck } from './check-steps.mjs';
import { ensurePackages } from './packages.mjs';
import { runCommand } from './say.mjs';

await runCommand(async () => {
  await ensurePackages();
  const { failed, tally } = await runCheck();
  return failed + tally.failed > 0 ? 1 : 0;
});
