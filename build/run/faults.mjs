// npm run faults [-- --cuts N --kills N --disks N --clocks N --lines N --refusals N --seed S]: faults befall a desk at work; counts what came of it.
import './node-version.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../../main/browser/find-browser.mjs';
import { toTable } from './bench-rows.mjs';
import { buildBundles } from './build-bundles.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT } from './root.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';
import { ensureSystemTools } from './system-tools.mjs';

const HEAD = ['fault', 'times', 'acknowledged', 'lost', 'doubled', 'stuck'];

const KEY_HEAD = ['work', 'kills', 'neither'];

const USAGE = `npm run faults [-- options]
npm run faults -- keys

One desk (a real station, a real Chromium, on a disk of its own) takes cases without a pause, and faults befall it
in an order that the seed decides. Ends with a table of the saves that were answered and of those that were lost,
doubled or stuck; any of them makes the command fail. Needs root, mkfs.ext4, mkfs.xfs, Chromium and PostgreSQL.

  --cuts N     power cuts (20): the disk is copied while everything writes on
  --kills N    of browser, station and central server, each (5)
  --disks N    times the disk is full, with the browser killed then and without, each (3)
  --clocks N   times the clock jumps three days, or back (3)
  --lines N    connections that vanish and nobody is told, answers of 503 and 429, and of a captive portal, each (2)
  --refusals N the desk is revoked, or its token unknown, and then admitted again, each (2)
  --seed S     the order and the moments (now)
  --help

keys: kills each work on the keys of a station (first start, recovery key, rotation, erase, recovery, enrolment) at each
of its steps on the disk; any station that is neither before nor after it makes the command fail. Needs nothing.`;

await runCommand(async () => {
  const options = readOptions();
  if (options === null) {
    say(USAGE);
    return 0;
  }
  await ensurePackages();
  if (options === 'keys') return killKeyWorks();
  await ensureSystemTools();
  const browser = findBrowser();
  if (browser.program === null) throw new Stop(browser.why, browser.next, EXIT.noBrowser);
  await buildBundles();
  say(`seed ${options.seed}`);
  const { module } = await load('run-faults.ts');
  const outcome = await module.runFaults({ ...options, say });
  if (outcome.outcome === 'none') throw new Stop(outcome.reason, 'run it as root on Linux');
  say(
    `\n${toTable([...outcome.rows, { fault: 'all', times: countTimes(outcome.rows), ...outcome.total }], HEAD)}`,
  );
  for (const it of outcome.faults.slice(0, 50)) say(it);
  const { lost, doubled, stuck } = outcome.total;
  return lost + doubled + stuck === 0 ? 0 : 1;
});

async function killKeyWorks() {
  const { module } = await load('keys/run-key-faults.ts');
  const { rows, faults } = await module.runKeyFaults({ say });
  say(`\n${toTable(rows, KEY_HEAD)}`);
  for (const it of faults.slice(0, 50)) say(it);
  return faults.length === 0 ? 0 : 1;
}

function countTimes(rows) {
  return rows.reduce((sum, it) => sum + it.times, 0);
}

async function load(file) {
  const { runnerImport } = await import('vite');
  return runnerImport(join(ROOT, 'tests', 'faults', file), {
    configFile: false,
    logLevel: 'error',
    root: ROOT,
  });
}

function readOptions() {
  const text = { type: 'string' };
  let values;
  let positionals;
  try {
    const options = {
      cuts: text,
      kills: text,
      disks: text,
      clocks: text,
      lines: text,
      refusals: text,
      seed: text,
      help: { type: 'boolean' },
    };
    ({ values, positionals } = parseArgs({ options, allowPositionals: true }));
  } catch (error) {
    throw new Stop(error.message.split('. ')[0], 'npm run faults -- --help', EXIT.usage);
  }
  if (values.help === true) return null;
  if (positionals.join() === 'keys') return 'keys';
  if (positionals.length > 0)
    throw new Stop(`there is no ${positionals[0]}.`, 'npm run faults -- --help', EXIT.usage);
  const kills = toCount('kills', values.kills, 5);
  const disks = toCount('disks', values.disks, 3);
  const lines = toCount('lines', values.lines, 2);
  const refusals = toCount('refusals', values.refusals, 2);
  return {
    times: {
      cut: toCount('cuts', values.cuts, 20),
      browser: kills,
      station: kills,
      server: kills,
      disk: disks,
      full: disks,
      clock: toCount('clocks', values.clocks, 3),
      ...{ 'half-open': lines, busy: lines, portal: lines, revoked: refusals, unknown: refusals },
    },
    seed: toCount('seed', values.seed, Date.now() % 1_000_000),
  };
}

function toCount(name, value, otherwise) {
  if (value === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(value))
    throw new Stop(`--${name} is a whole number.`, 'npm run faults -- --help', EXIT.usage);
  return Number(value);
}
