// npm run audit:licences: the licence of everything that is shipped, from the lock file; asks no network.
import './node-version.mjs';
import { licenceProblems } from '../package/licences.mjs';
import { shippedPackages } from '../package/shipped-packages.mjs';
import { runCommand, Stop, say } from './say.mjs';

await runCommand(async () => {
  const packages = shippedPackages();
  const problems = licenceProblems(packages);
  if (problems.length > 0) {
    throw new Stop(
      `these packages must not be shipped:\n  ${problems.join('\n  ')}`,
      'use another package, or read its licence and add it in build/package/licences.mjs.',
    );
  }
  say(`${packages.length} packages are shipped, all under a licence on the list.`);
});
