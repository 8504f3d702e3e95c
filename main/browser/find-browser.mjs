import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

const LINUX = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const WINDOWS = [
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
];
const MAC = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
const INSTALL = {
  linux:
    'install Chrome or Edge as the .deb or .rpm package of its maker (on Debian also: apt install chromium)',
  other: 'install Chrome or Edge',
};
/** A launcher is shorter than this, a browser longer. */
const LONGEST_SCRIPT_BYTES = 64 * 1024;

/**
 * The Chromium, Chrome or Edge of this machine that windows are opened with; `DARCHA_BROWSER` names another.
 *
 * Plain JavaScript, because two ask: the station, and `npm start` before anything is built. They must agree.
 */
export function findBrowser({ platform = process.platform, env = process.env, canStart = isProgram } = {}) {
  const given = env.DARCHA_BROWSER;
  if (given) return canStart(given) ? { program: given } : missing(given);
  const here = candidates(platform, env).filter((it) => canStart(it));
  const program = here.find((it) => platform !== 'linux' || !isSnap(it));
  if (program !== undefined) return { program };
  const install = platform === 'linux' ? INSTALL.linux : INSTALL.other;
  if (here[0] === undefined) return none('no Chromium, Chrome or Edge was found', install);
  // Its profile is kept with the data of the desk, in a hidden folder of the user: a snap may not write there.
  return none(`the only browser found, ${here[0]}, is a snap, which may not write to Darcha’s data`, install);
}

function candidates(platform, env) {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles(x86)'], env.ProgramFiles, env.LOCALAPPDATA].filter(Boolean);
    return WINDOWS.flatMap((program) => roots.map((root) => join(root, program)));
  }
  if (platform === 'darwin') return MAC.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  const folders = (env.PATH ?? '/usr/bin').split(delimiter).filter(Boolean);
  return LINUX.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Programs of snaps are links to `snap`; Ubuntu's `chromium-browser` is a script that starts one. */
function isSnap(path) {
  const real = realpathSync(path);
  if (basename(real) === 'snap' || real.startsWith('/snap/')) return true;
  return statSync(real).size < LONGEST_SCRIPT_BYTES && readFileSync(real, 'latin1').includes('/snap/bin/');
}

function missing(given) {
  return none(
    `DARCHA_BROWSER names ${given}, which is no program that can be started`,
    'set DARCHA_BROWSER to the program of a Chromium, Chrome or Edge, or unset it',
  );
}

function none(why, next) {
  return { program: null, why, next };
}
