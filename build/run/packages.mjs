import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { runNpm } from './run-program.mjs';
import { Stop, say } from './say.mjs';

/** Why the installed packages are not those of the lock file, or null. */
export function packagesProblem(root = ROOT) {
  const installedPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return 'no packages are installed yet';
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedPath);
  const stale = Object.entries(wanted).find(([path, entry]) => {
    if (path === '') return false;
    const here = installed[path];
    // An optional package may be for another system: npm leaves it out.
    if (here === undefined) return entry.optional !== true;
    return here.version !== entry.version || here.integrity !== entry.integrity;
  });
  return stale === undefined ? null : `${stale[0]} is not at ${stale[1].version}`;
}

/** Installs exactly the packages of the lock file, when they are not there already. */
export async function ensurePackages() {
  const problem = packagesProblem();
  if (problem === null) return;
  say(`Installing packages (npm ci), because ${problem}. This takes a minute or two the first time.`);
  const { code, output } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) return;
  const head = output.trim().split('\n').slice(0, 8).join('\n');
  throw new Stop(
    `npm ci could not install the packages:\n${head}`,
    output.includes('EUSAGE')
      ? 'package-lock.json does not fit package.json: run npm install, commit both, then run it again.'
      : 'check the network or proxy of this machine (npm config get registry, npm config get proxy), then run it again.',
  );
}

/**
 * The packages for other systems that package-lock.json names but does not hold. npm leaves them out when the registry
 * cannot describe them (npm/cli#9342), and `npm ci` then refuses the whole file.
 */
export function packagesNotLocked(root = ROOT) {
  const locked = readPackages(join(root, 'package-lock.json'));
  const paths = Object.keys(locked);
  return Object.values(locked)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)));
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
