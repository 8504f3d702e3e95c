// npm start: everything from a fresh checkout to a window. `npm start -- --help` tells the options.
import { buildBundles } from './build-bundles.mjs';
import { BUNDLES, isCurrent } from './bundles.mjs';
import { chooseShell } from './choose-shell.mjs';
import { clearRunning, openDemoData, readRunning, stationShell, writeRunning } from './demo-data.mjs';
import { ensurePackages } from './packages.mjs';
import { isAlive, stopProgram } from './processes.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';
import { findCentral, startCentral } from './start-central.mjs';
import { parseStartOptions, START_HELP } from './start-options.mjs';
import { startStation, stationProblem } from './start-station.mjs';

const BUNDLES_OF = {
  central: ['server', 'seed'],
  electron: ['renderer', 'electron', 'preload'],
  browser: ['renderer', 'browser'],
  none: ['renderer', 'browser'],
};

await runCommand(async () => {
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) return say(START_HELP);
  const folder = openDemoData(options.data);
  await ensurePackages();
  const choice = options.part === 'central' ? null : await chooseShell(wish(options, folder));
  await build(options, choice);
  return run(options, folder, choice);
});

function wish(options, folder) {
  return { asked: options.shell, kept: stationShell(folder, options.desk), desk: options.desk };
}

async function build(options, choice) {
  const names = [
    ...(options.part === 'station' ? [] : BUNDLES_OF.central),
    ...(choice === null ? [] : BUNDLES_OF[choice.shell]),
  ];
  const stale = BUNDLES.filter((it) => names.includes(it.name) && !isCurrent(it));
  if (stale.length === 0) return;
  say(`Building ${stale.map((it) => it.name).join(', ')} ...`);
  await buildBundles({ names });
}

async function run(options, folder, choice) {
  const asked = untilAskedToEnd();
  let central = null;
  let station = null;
  try {
    const running = options.part === 'station' ? null : await findCentral(folder);
    if (options.part === 'central' && running !== null) {
      say(`The central server of this data is running already: ${running.url}`);
      return 0;
    }
    if (options.part === 'station') claim(folder);
    if (options.part !== 'station' && running === null)
      central = await startCentral(folder, options.centralPort);
    const centralUrl = options.centralUrl ?? running?.url ?? central.url;
    introduce({ options, folder, centralUrl, choice, isRunning: running !== null });
    if (choice !== null) station = startStation({ folder, options, centralUrl, choice });
    return await untilTheEnd({ asked, central, station, options, folder, choice, centralUrl });
  } finally {
    await stopProgram(station);
    if (central !== null) await stopProgram(central.program);
    if (readRunning(folder)?.pid === process.pid) clearRunning(folder);
  }
}

async function untilTheEnd({ asked, central, station, options, folder, choice, centralUrl }) {
  const ends = [asked.then(() => 'asked')];
  if (station !== null) ends.push(station.ended.then(() => 'station'));
  if (central !== null) ends.push(central.program.ended.then(() => 'central'));
  const first = await Promise.race(ends);
  if (first === 'asked') {
    say('\nEnding ...');
    return 0;
  }
  if (first === 'central') {
    const tail = central.program.said.slice(-8).join('\n');
    throw new Stop(
      `the central server ended by itself:\n${tail}`,
      `its log is in ${folder}; run npm start again.`,
    );
  }
  const problem = stationProblem(await station.ended, station, options);
  if (problem === null) return 0;
  // Chosen for the clerk, not by them: an address is better than no window at all.
  const canFallBack =
    problem.exitCode === EXIT.noBrowser && options.shell === null && choice.shell === 'browser';
  if (!canFallBack) throw problem;
  say('The window could not be opened; going on without one.');
  const plain = { shell: 'none', why: null };
  const again = startStation({ folder, options, centralUrl, choice: plain });
  try {
    return await untilTheEnd({ asked, central, station: again, options, folder, choice: plain, centralUrl });
  } finally {
    await stopProgram(again);
  }
}

// A station alone holds its data too: demo:reset looks for this.
function claim(folder) {
  if (!isAlive(readRunning(folder)?.pid)) writeRunning(folder, { pid: process.pid, central: null });
}

function introduce({ options, folder, centralUrl, choice, isRunning }) {
  if (isRunning) say(`The central server of this data is running already: ${centralUrl}`);
  else {
    say('Darcha: demonstration on this machine');
    say(`  data     ${folder}`);
    say(`  central  ${centralUrl}${options.part === 'station' ? '' : ' (PGlite, demonstration data)'}`);
  }
  if (choice !== null) {
    say(`  desk     ${options.desk}, ${choice.shell === 'none' ? 'no window' : `${choice.shell} window`}`);
    if (choice.why) say(`  no window: ${choice.why}.`);
    say('Sign in with the PIN shown under each name.');
  }
  // Where a server ran before, a window may have too: then this start ends by itself.
  if (isRunning) return;
  say(`Ctrl+C${choice !== null && choice.shell !== 'none' ? ', or closing the window,' : ''} ends it.`);
}

function untilAskedToEnd() {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, resolve);
  });
}
