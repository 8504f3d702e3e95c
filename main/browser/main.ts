import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDataFolder, lockDataFolder } from '#station/data-folder';
import { toErasedText } from '#station/erase-station';
import { createHostSeal } from '#station/host-key';
import { readGivenRecoveryKey, runKeyCommand } from '#station/key-command';
import type { Log } from '#station/shell';
import { toLocked } from '#station/station';
import { readStationTarget } from '#station/station-options';
import { findBrowser } from './find-browser.mjs';
import { parseOptions, USAGE } from './options.ts';
import { findPortHolder } from './port-holder.ts';
import { startStation } from './start-station.ts';

const EXIT = {
  usage: 2,
  portInUse: 3,
  dataNotWritable: 4,
  noBrowser: 5,
  otherShell: 7,
  locked: 8,
  erased: 9,
} as const;

const say = (line: string) => process.stdout.write(`${line}\n`);
const log: Log = (level, code, facts = {}) =>
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, code, ...facts })}\n`);

function stop(code: number, ...lines: string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(code);
}

// Whatever is written here or by the browser is this user's alone.
process.umask(0o077);
const parsed = parseOptions(process.argv.slice(2));
if (parsed.outcome === 'help') {
  say(USAGE);
  process.exit(0);
}
if (parsed.outcome === 'usage') stop(EXIT.usage, `darcha-station: ${parsed.reason}`, USAGE);
const { options } = parsed;

const notWritable = await checkDataFolder(options.data);
if (notWritable !== null) {
  stop(
    EXIT.dataNotWritable,
    `darcha-station: the data folder ${options.data} cannot be written (${notWritable}).`,
    'Choose another with --data DIR, or give this user the right to write there.',
  );
}

// Until the station stands, a second start has to come again: it gets no address.
let onKnock: (knock: string) => string = () => 'starting';
const lock = await lockDataFolder(options.data, options.show, (knock) => onKnock(knock));
if (lock.outcome === 'held') {
  const isAddress = lock.answer?.startsWith('http://') === true;
  say(
    isAddress
      ? `Darcha is running on this data already; here is another way in.\ndarcha-station ready ${lock.answer}`
      : 'Darcha is running on this data already: its window is shown.',
  );
  process.exit(0);
}

const keyCommand = await runKeyCommand(options.data, createHostSeal(), options.keys);
if (keyCommand !== null) {
  if (keyCommand.code !== 0) stop(keyCommand.code, `darcha-station: ${keyCommand.text}`);
  say(keyCommand.text);
  process.exit(0);
}
const recoveryKey = await readGivenRecoveryKey(options.keys);
if (recoveryKey.outcome === 'unclear') stop(EXIT.usage, `darcha-station: ${recoveryKey.reason}`);

const target = await readStationTarget(options.data, options);
if (target.outcome === 'unclear') stop(EXIT.usage, `darcha-station: ${target.reason}`, USAGE);

const found = options.show === 'app' ? findBrowser() : null;
if (found !== null && found.program === null) {
  stop(
    EXIT.noBrowser,
    `darcha-station: ${found.why}.`,
    `Next: ${found.next}; or use --show none, which prints an address to open.`,
  );
}
const browser = found?.program ?? null;

const started = await startStation({
  ...options,
  ...target.target,
  recoveryKey: recoveryKey.key,
  browser,
  pages: join(fileURLToPath(import.meta.url), '..', '..', 'renderer'),
  version: process.env.DARCHA_VERSION ?? '0.0.0',
  log,
  onDone: (reason) => {
    lock.release();
    if (reason === 'closed') process.exit(0);
    stop(
      EXIT.noBrowser,
      `darcha-station: ${browser ?? 'the browser'} ended without opening a window.`,
      'Start it by hand to see why (a screen is needed), or use --show none.',
    );
  },
});
switch (started.outcome) {
  case 'port-in-use': {
    const holder = await findPortHolder(options.port);
    stop(
      EXIT.portInUse,
      `darcha-station: port ${options.port} is held by ${holder ?? 'another program'}.`,
      'Close that program and start again. The data in the window belongs to this port, so no other is taken.',
    );
    break;
  }
  case 'other-shell':
    stop(
      EXIT.otherShell,
      `darcha-station: the data in ${options.data} was set up in the ${started.shell} shell; a browser cannot open it.`,
      `Start the ${started.shell} shell on it, or give this one a folder of its own: --data DIR`,
    );
    break;
  case 'locked':
    stop(EXIT.locked, `darcha-station: ${toLocked(options.data)}`);
    break;
  case 'erased':
    stop(EXIT.erased, `darcha-station: ${toErasedText(options.data, started.erased)}`);
    break;
  case 'disk-full':
    stop(
      EXIT.dataNotWritable,
      'darcha-station: the disk is full.',
      'Free some space and start again; nothing was lost.',
    );
    break;
  case 'disk-failed':
    stop(
      EXIT.dataNotWritable,
      `darcha-station: the data in ${options.data} cannot be read (${started.code}).`,
      'Call IT before anything is written there: the disk may be failing.',
    );
    break;
  case 'started': {
    onKnock = started.onKnock;
    const end = () => {
      void started.close().then(() => process.exit(0));
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
    if (options.show === 'none') say(`darcha-station ready ${started.newAddress()}`);
    else say(`darcha-station running at ${started.origin}`);
  }
}
