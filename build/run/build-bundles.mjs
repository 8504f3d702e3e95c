import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { BUNDLES, configOf, isCurrent, markCurrent, sourceDigest } from './bundles.mjs';
import { inPool } from './in-pool.mjs';
import { ROOT } from './root.mjs';
import { runNode } from './run-program.mjs';
import { Stop, say } from './say.mjs';

/** Builds the named bundles that are not current. Answers those it built, with their times. */
export async function buildBundles({ names = BUNDLES.map((it) => it.name), anyway = false } = {}) {
  const wanted = BUNDLES.filter((it) => names.includes(it.name) && (anyway || !isCurrent(it)));
  const missing = wanted.find((it) => !existsSync(join(ROOT, configOf(it))));
  if (missing !== undefined) {
    throw new Stop(
      `${configOf(missing)} is missing, so ${missing.name} cannot be built.`,
      'restore it from the repository (git status shows what changed).',
    );
  }
  const workers = Math.max(1, Math.min(3, cpus().length));
  return inPool(wanted, workers, buildBundle);
}

async function buildBundle(bundle) {
  // Taken before the build: a file edited meanwhile makes the bundle stale, not silently current.
  const digest = sourceDigest(bundle);
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', configOf(bundle), '--logLevel', 'warn'];
  const { code, output, ms } = await runNode(args, { env: { NO_COLOR: '1' } });
  if (code === 0 && bundle.name === 'seed') await writeSeed();
  if (code !== 0 || !existsSync(join(ROOT, bundle.makes))) {
    throw new Stop(
      `the ${bundle.name} could not be built:\n${stripVTControlCharacters(output).trim() || `${bundle.makes} was not made.`}`,
      `mend what is named above, then: npm run build -- ${bundle.name}`,
    );
  }
  if (output.trim() !== '') say(output.trimEnd());
  markCurrent(bundle, digest);
  return { name: bundle.name, ms };
}

// The seed is a program that makes data; what we keep of it is the data.
async function writeSeed() {
  const program = join(ROOT, 'out', 'seed', 'seed.mjs');
  const { seed } = await import(`${pathToFileURL(program).href}?at=${Date.now()}`);
  const data = typeof seed === 'function' ? await seed() : seed;
  writeFileSync(join(ROOT, 'out', 'seed', 'seed.json'), JSON.stringify(data));
  rmSync(program);
}
