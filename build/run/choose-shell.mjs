import { findBrowser } from './find-browser.mjs';
import { obtainElectron } from './find-electron.mjs';
import { EXIT, Stop } from './say.mjs';

/**
 * Which shell the station gets on this machine, and why not a better one.
 *
 * `{ shell: 'electron', program }`, `{ shell: 'browser' }` or `{ shell: 'none', why }`.
 */
export async function chooseShell(asked) {
  if (asked === 'none') return { shell: 'none', why: null };
  const obstacle = windowObstacle();
  if (obstacle !== null) {
    if (asked === null) return { shell: 'none', why: obstacle };
    throw new Stop(
      `no window can be opened: ${obstacle}.`,
      'npm start -- --shell none prints an address to open instead.',
      EXIT.noBrowser,
    );
  }
  if (asked !== 'browser') {
    const program = await obtainElectron({ insist: asked === 'electron' });
    if (program !== null) return { shell: 'electron', program };
    if (asked === 'electron') {
      throw new Stop(
        'there is no Electron on this machine.',
        'npm start -- --shell browser uses Chromium or Edge instead.',
        EXIT.noBrowser,
      );
    }
  }
  if (findBrowser() !== null) return { shell: 'browser' };
  if (asked === null) return { shell: 'none', why: 'no Chromium, Chrome or Edge was found' };
  throw new Stop(
    'no Chromium, Chrome or Edge was found.',
    'install one (Debian: apt install chromium), or: npm start -- --shell none',
    EXIT.noBrowser,
  );
}

/** Why no window of any kind can open here, or null. */
export function windowObstacle({
  platform = process.platform,
  env = process.env,
  uid = process.getuid?.(),
} = {}) {
  const flags = env.DARCHA_BROWSER_ARGS ?? '';
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY && !flags.includes('--headless'))
    return 'this session has no display';
  if (uid === 0 && !flags.includes('--no-sandbox')) {
    return 'Chromium keeps its sandbox and so refuses to run as root; start Darcha as an ordinary user';
  }
  return null;
}
