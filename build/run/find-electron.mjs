import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { runNode } from './run-program.mjs';
import { say } from './say.mjs';

const LIMIT_MS = 90_000;
const AGAIN_AFTER_MS = 24 * 3600 * 1000;
const HOME = join(ROOT, 'node_modules', 'electron');
const PROGRAM =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';
const FAILED = join(ROOT, 'node_modules', '.darcha-electron-failed');

/** The Electron program of this machine, or null. Its package has no binary until it is first wanted. */
export function installedElectron({ env = process.env } = {}) {
  const pathFile = join(HOME, 'path.txt');
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : PROGRAM;
  return existing(join(env.ELECTRON_OVERRIDE_DIST_PATH || join(HOME, 'dist'), program));
}

/** The Electron program, fetched when it is not here. One line tells why when it cannot be had. */
export async function obtainElectron({ insist }) {
  const here = installedElectron();
  if (here !== null) return here;
  if (!insist && failedLately()) return null;
  say('Fetching Electron (about 110 MB, once) ...');
  const { code, output, late } = await runNode([join(HOME, 'install.js')], { limitMs: LIMIT_MS });
  if (code === 0) return installedElectron();
  const reason = late ? `no answer within ${LIMIT_MS / 1000} s` : firstLine(output);
  say(`Electron cannot be had here (${reason}).`);
  writeFileSync(FAILED, reason);
  return null;
}

function failedLately() {
  return existsSync(FAILED) && Date.now() - statSync(FAILED).mtimeMs < AGAIN_AFTER_MS;
}

function existing(path) {
  return existsSync(path) ? path : null;
}

function firstLine(text) {
  return (
    text
      .split('\n')
      .find((it) => it.trim() !== '')
      ?.trim() ?? 'it could not be downloaded'
  );
}
