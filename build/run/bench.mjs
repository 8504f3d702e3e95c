// npm run bench [-- SUITE...] [--json FILE]: measures, prints a table. The figures never make it fail.
// Suites that take many minutes run only by name.
import './node-version.mjs';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../../main/browser/find-browser.mjs';
import { toRow, toTable } from './bench-rows.mjs';
import { buildBundles } from './build-bundles.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT } from './root.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';
import { ensureSystemTools } from './system-tools.mjs';

const FOLDER = join(ROOT, 'tests', 'bench');
const ENDING = '.bench.ts';
const ONLY_BY_NAME = ['nation', 'scans'];
/** Names for several suites. */
const GROUPS = { sync: ['first-sync', 'line', 'scans', 'server', 'nation'] };

await runCommand(async () => {
  const { suites, json } = readOptions();
  await ensurePackages();
  await ensureSystemTools();
  const browser = findBrowser();
  if (browser.program === null) throw new Stop(browser.why, browser.next, EXIT.noBrowser);
  await buildBundles();
  const rows = [];
  for (const suite of suites) {
    say(`measuring ${suite} ...`);
    rows.push(...(await runSuite(suite)));
  }
  say(`\n${toTable(rows)}`);
  if (json === null) return 0;
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
  say(`\nwritten to ${json}`);
  return 0;
});

async function runSuite(suite) {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(FOLDER, `${suite}${ENDING}`), {
    configFile: false,
    logLevel: 'error',
    root: ROOT,
  });
  return (await module.run()).map((it) => toRow({ ...it, name: `${suite}: ${it.name}` }));
}

function readOptions() {
  let parsed;
  try {
    parsed = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new Stop(error.message.split('. ')[0], 'npm run bench -- SUITE --json FILE', EXIT.usage);
  }
  const all = readdirSync(FOLDER).flatMap((name) =>
    name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : [],
  );
  const named = parsed.positionals.flatMap((it) => GROUPS[it] ?? [it]);
  const unknown = named.find((it) => !all.includes(it));
  if (unknown !== undefined)
    throw new Stop(
      `there is no suite ${unknown}.`,
      `choose from: ${[...all, ...Object.keys(GROUPS)].join(', ')}.`,
      EXIT.usage,
    );
  const { json } = parsed.values;
  return {
    suites: named.length > 0 ? named : all.sort().filter((it) => !ONLY_BY_NAME.includes(it)),
    json: json === undefined ? null : resolve(json),
  };
}
