import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const WINDOWS_PATHS = [
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Chromium, Chrome or Edge where each system keeps them; `DARCHA_BROWSER` names another. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const given = env.DARCHA_BROWSER;
  if (given !== undefined && given !== '') return isProgram(given) ? given : null;
  return candidates(env).find(isProgram) ?? null;
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') return MAC_PATHS;
  if (process.platform === 'win32') {
    const roots = [env['ProgramFiles(x86)'], env.ProgramFiles, env.LOCALAPPDATA].filter(
      (it) => it !== undefined,
    );
    return WINDOWS_PATHS.flatMap((path) => roots.map((root) => join(root, ...path)));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((it) => it !== '');
  return LINUX_NAMES.flatMap((name) => [...folders, '/usr/bin', '/snap/bin'].map((it) => join(it, name)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export type LaunchOptions = {
  program: string;
  /** Its own, in the data folder: no extension, no sign-in and no other tab comes near the data. */
  profile: string;
  url: string;
  /** Nothing is shown; what waits is sent. */
  background: boolean;
};

/** Opens an app window, or a page without one, as a child process. */
export function launchBrowser({ program, profile, url, background }: LaunchOptions): ChildProcess {
  const flags = [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-mode',
    '--disable-sync',
    '--disable-extensions',
    '--disable-component-update',
    '--disable-background-networking',
    // A page that sends what waits must not be slowed down because nobody looks at it.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--password-store=basic',
    ...(program.toLowerCase().includes('edge') ? ['--edge-skip-compat-layer-relaunch'] : []),
    ...(process.env.DARCHA_BROWSER_ARGS ?? '').split(' ').filter((it) => it !== ''),
    ...(background ? ['--headless=new', url] : [`--app=${url}`]),
  ];
  return spawn(program, flags, { stdio: 'ignore' });
}
