import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

export type LaunchOptions = {
  program: string;
  /** Its own, in the data folder: no extension, no sign-in and no other tab comes near the data. */
  profile: string;
  url: string;
  /** Nothing is shown; what waits is sent. */
  background: boolean;
};

/**
 * Of itself a browser asks its maker for updates, accounts and, of each form, what its fields may mean. A proxy where
 * nobody is takes all of it: the station, as everything on the loopback, is reached without one.
 */
export const PHONES_NOBODY = '--proxy-server=127.0.0.1:9';

/**
 * Opens an app window, or a page without one, as a child process.
 *
 * A dump of a crashed window has what was on the screen, in clear. No switch that windows work with ends it, so it is led
 * into the profile, and is gone with the browser, or before the next one.
 */
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
    PHONES_NOBODY,
    // A page that sends what waits must not be slowed down because nobody looks at it.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--password-store=basic',
    ...(program.toLowerCase().includes('edge') ? ['--edge-skip-compat-layer-relaunch'] : []),
    ...(process.env.DARCHA_BROWSER_ARGS ?? '').split(' ').filter((it) => it !== ''),
    ...(background ? ['--headless=new', url] : [`--app=${url}`]),
  ];
  const dumps = join(profile, 'dumps');
  const drop = (): void => rmSync(dumps, { recursive: true, force: true, maxRetries: 3 });
  drop();
  const env = { ...process.env, BREAKPAD_DUMP_LOCATION: dumps };
  return spawn(program, flags, { stdio: 'ignore', env }).on('exit', drop);
}
