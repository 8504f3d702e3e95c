import { parseArgs } from 'node:util';
import { defaultDataFolder } from './demo-data.mjs';
import { EXIT, Stop } from './say.mjs';

export const CENTRAL_PORT = 47600;
const SHELLS = ['electron', 'browser', 'none'];
const NEXT = 'npm start -- --help lists what can be given.';

export const START_HELP = `npm start [-- OPTIONS]

Without options: builds what is not built yet, starts a central server with demonstration data on
this machine and opens the window of one desk. Ctrl+C, or closing the window, ends all of it.

  --station          only a station (a desk); the central server runs elsewhere
  --central          only a central server
  --central URL      with --station: the central server it talks to
                     (http://127.0.0.1:${CENTRAL_PORT} unless given)
  --desk NAME        which desk this is: baxmal-1 unless given; others: xovos-2, gardabani-1,
                     office-1 (head office) ...
  --data DIR         where demonstration data is kept:
                     ${defaultDataFolder()} unless given
  --port N           port of the station's own page (browser shell)
  --central-port N   port of the central server: ${CENTRAL_PORT} unless given
  --shell KIND       electron, browser or none (prints an address to open); unless given, the
                     one this desk was set up in, or else the best one this machine has
  --help             this text

DARCHA_BROWSER in the environment names the Chromium, Chrome or Edge to use.
npm run demo:reset removes the demonstration data.`;

/**
 * What was asked for on the command line. `--central` may stand alone or have an address after it.
 *
 * `part` says what runs here: 'both', 'station' or 'central'.
 */
export function parseStartOptions(args) {
  const { values, central } = readValues(args);
  if (values.help === true) return { help: true };

  const part = partOf(values.station === true, central);
  const desk = deskOf(values.desk ?? 'baxmal-1');
  const centralPort = portOf('--central-port', values['central-port']) ?? CENTRAL_PORT;
  return {
    help: false,
    part,
    centralUrl: part === 'station' ? addressOf(central ?? `http://127.0.0.1:${centralPort}`) : null,
    centralPort,
    desk,
    code: codeOf(desk),
    data: values.data ?? null,
    port: portOf('--port', values.port),
    shell: shellOf(values.shell ?? null),
  };
}

// `central` is what follows --central: an address, '' when it stands alone, null when it is not there.
function partOf(isStation, central) {
  if (isStation) {
    if (central !== '') return 'station';
    throw usage('--station needs the address of its server after --central');
  }
  if (central === null) return 'both';
  if (central === '') return 'central';
  throw usage(`--central ${central} tells a station where its server is, so it goes together with --station`);
}

/** The enrolment code the demonstration server accepts for a desk: `xovos-2` is one of DEMO-XOVOS. */
export function codeOf(desk) {
  return `DEMO-${desk.slice(0, desk.lastIndexOf('-')).toUpperCase()}`;
}

function readValues(args) {
  // parseArgs knows no option with an optional value: --central is taken out first.
  const at = args.findIndex((it) => it === '--central' || it.startsWith('--central='));
  let central = null;
  let rest = args;
  if (at >= 0) {
    const glued = args[at].slice('--central='.length);
    const follows = args[at + 1] !== undefined && !args[at + 1].startsWith('-');
    const separate = args[at] === '--central' && follows;
    central = separate ? args[at + 1] : glued;
    rest = [...args.slice(0, at), ...args.slice(at + (separate ? 2 : 1))];
  }
  const text = { type: 'string' };
  const flag = { type: 'boolean' };
  const options = {
    station: flag,
    help: flag,
    desk: text,
    data: text,
    port: text,
    'central-port': text,
    shell: text,
  };
  try {
    return { values: parseArgs({ args: rest, options, strict: true }).values, central };
  } catch (error) {
    throw usage(error.message.split('. ')[0]);
  }
}

function deskOf(desk) {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*-[0-9]+$/.test(desk)) return desk;
  throw usage(`--desk ${desk} is not the name of a desk; it reads like baxmal-1`);
}

function portOf(option, text) {
  if (text === undefined) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw usage(`${option} ${text} is not a port; a number from 1 to 65535 is`);
}

function shellOf(shell) {
  if (shell === null || SHELLS.includes(shell)) return shell;
  throw usage(`--shell ${shell} is not one of ${SHELLS.join(', ')}`);
}

function addressOf(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin;
  throw usage(`--central ${text} is not an address; it reads like http://127.0.0.1:${CENTRAL_PORT}`);
}

function usage(problem) {
  return new Stop(`${problem}.`, NEXT, EXIT.usage);
}
