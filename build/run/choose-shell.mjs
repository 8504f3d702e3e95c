import { findBrowser } from '../../main/browser/find-browser.mjs';
import { obtainElectron } from './find-electron.mjs';
import { EXIT, Stop } from './say.mjs';

/**
 * Which shell the station gets on this machine, and why not a better one.
 *
 * `asked` is that of --shell, `kept` the one this desk was set up in; each may be null. What one shell keeps the
 * other cannot open, so a desk stays in its own. Answers `{ shell: 'electron', program }`, `{ shell: 'browser' }` or
 * `{ shell: 'none', why }`.
 */
export async function chooseShell({ asked, kept, desk }) {
  if (asked !== null && kept !== null && homeOf(asked) !== kept) throw otherShell(desk, kept, asked);
  if (asked === 'none') return { shell: 'none', why: null };
  const obstacle = windowObstacle();
  const choice = obstacle === null ? await findWindow(asked ?? kept) : { shell: 'none', why: obstacle };
  const mayGoWithout = asked === null && kept !== 'electron';
  if (choice.shell !== 'none' || mayGoWithout) return choice;
  const next = choice.next === undefined ? '' : `${choice.next}; or `;
  throw new Stop(
    `no window can be opened: ${choice.why}.`,
    next + instead(asked ?? kept, kept, desk),
    EXIT.noBrowser,
  );
}

async function findWindow(wanted) {
  if (wanted !== 'browser') {
    const program = await obtainElectron({ insist: wanted === 'electron' });
    if (program !== null) return { shell: 'electron', program };
    if (wanted === 'electron') return { shell: 'none', why: 'there is no Electron on this machine' };
  }
  const { program, why, next } = findBrowser();
  return program === null ? { shell: 'none', why, next } : { shell: 'browser' };
}

/** Without a window it is still the browser shell that serves the page. */
function homeOf(shell) {
  return shell === 'electron' ? 'electron' : 'browser';
}

function otherShell(desk, kept, asked) {
  return new Stop(
    `${desk} was set up in the ${kept} shell, and no other can open what it keeps.`,
    `npm start -- --desk ${desk} --shell ${kept}; or another desk: npm start -- --desk ${nextDesk(desk)} --shell ${asked}`,
    EXIT.otherShell,
  );
}

function instead(wanted, kept, desk) {
  if (kept === 'electron') {
    return `${desk} was set up in the electron shell, so without it only as another desk: npm start -- --desk ${nextDesk(desk)} --shell none`;
  }
  return wanted === 'electron'
    ? 'npm start -- --shell browser uses Chrome, Chromium or Edge instead.'
    : 'npm start -- --shell none prints an address to open instead.';
}

function nextDesk(desk) {
  return desk.replace(/[0-9]+$/, (number) => String(Number(number) + 1));
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
