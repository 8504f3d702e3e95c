import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, session } from 'electron';
import { serve } from '#contract/serve';
import { claimData } from '#station/claim-data';
import { checkDataFolder, lockDataFolder } from '#station/data-folder';
import { toErasedText } from '#station/erase-station';
import { KEY_OPTIONS, readGivenRecoveryKey, runKeyCommand, toGivenKeys } from '#station/key-command';
import type { Log } from '#station/shell';
import { type OpenStation, openStation, toLocked } from '#station/station';
import { readStationTarget, TARGET_OPTIONS, toGivenTarget } from '#station/station-options';
import { isOurs, registerScheme, serveScheme } from './scheme.ts';
import { createElectronShell } from './shell.ts';
import { findForbiddenSwitch } from './switches.ts';
import { denyPermissions, lockNavigation, openWindow } from './window.ts';
import { createPortWire } from './wire.ts';

const EXIT = { usage: 2, dataNotWritable: 4, otherShell: 7, locked: 8, erased: 9 } as const;
/** Of Chromium's, in the profile: what a page keeps. */
const WINDOW_FOLDERS = ['IndexedDB', 'Local Storage', 'Session Storage', 'Cache', 'Code Cache'];
const here = fileURLToPath(new URL('.', import.meta.url));

const log: Log = (level, code, facts = {}) =>
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, code, ...facts })}\n`);

// Whatever is written here is this user's alone.
process.umask(0o077);
app.enableSandbox();
registerScheme();
Menu.setApplicationMenu(null);
app.on('web-contents-created', (_event, contents) => lockNavigation(contents));

const given = readArguments();
if (given.data !== undefined) app.setPath('userData', join(resolve(given.data), 'electron'));
const dataFolder = given.data === undefined ? join(app.getPath('userData'), 'station') : resolve(given.data);

let window: BrowserWindow | null = null;
let waiting = 0;
let isQuitting = false;
let isHiddenToSend = false;

const forbidden = findForbiddenSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name));
if (forbidden !== null) stop(EXIT.usage, `Darcha cannot start: --${forbidden} is not for a desk.`);
else if (!app.requestSingleInstanceLock()) leaveToOther('shown');
else {
  app.on('second-instance', show);
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => stop(1, `Darcha cannot start: ${String(error)}`));
}

async function start(): Promise<void> {
  const notWritable = await checkDataFolder(dataFolder);
  if (notWritable !== null) {
    return stop(EXIT.dataNotWritable, `The data folder ${dataFolder} cannot be written (${notWritable}).`);
  }
  const lock = await lockDataFolder(dataFolder, 'app', () => {
    show();
    return 'shown';
  });
  if (lock.outcome === 'held') return leaveToOther(lock.answer);
  const shell = createElectronShell(
    { showWindow: show, closeWindow: () => window?.close(), waitingChanged },
    log,
  );
  const keyCommand = await runKeyCommand(dataFolder, shell, given.keys);
  if (keyCommand !== null) return stop(keyCommand.code, keyCommand.text);
  const recoveryKey = await readGivenRecoveryKey(given.keys);
  if (recoveryKey.outcome === 'unclear')
    return stop(EXIT.usage, `Darcha cannot start: ${recoveryKey.reason}.`);
  const target = await readStationTarget(dataFolder, given);
  if (target.outcome === 'unclear') return stop(EXIT.usage, `Darcha cannot start: ${target.reason}.`);
  const shellOfData = await claimData(dataFolder, 'electron');
  if (shellOfData !== 'electron') {
    return stop(
      EXIT.otherShell,
      `The data in ${dataFolder} was set up in the ${shellOfData} shell; Electron cannot open it. ` +
        `Start the ${shellOfData} shell on it, or give Electron a folder of its own: --data DIR`,
    );
  }

  const opened = await openStation({
    ...target.target,
    dataFolder,
    version: process.env.DARCHA_VERSION ?? app.getVersion(),
    shell,
    recoveryKey: recoveryKey.key,
    windowFolders: WINDOW_FOLDERS.map((it) => join(app.getPath('userData'), it)),
    log,
  });
  if (opened.outcome === 'locked') return stop(EXIT.locked, toLocked(dataFolder));
  if (opened.outcome === 'erased') return stop(EXIT.erased, toErasedText(dataFolder, opened.erased));
  if (opened.outcome !== 'open') {
    const why = opened.outcome === 'disk-full' ? 'the disk is full' : opened.code;
    return stop(EXIT.dataNotWritable, `The data in ${dataFolder} cannot be opened (${why}).`);
  }
  const { station } = opened;
  denyPermissions(session.defaultSession);
  serveScheme(session.defaultSession, { pages: join(here, '..', 'renderer'), forward: station.forward });
  givePorts(station);
  app.on('will-quit', () => void station.close());

  window = openWindow(join(here, 'preload.cjs'), log);
  window.on('close', (event) => {
    if (isQuitting || waiting === 0 || !station.keepsSending()) return;
    // The replica sends from the window: it stays, out of sight, until nothing waits.
    event.preventDefault();
    isHiddenToSend = true;
    window?.hide();
  });
  window.on('closed', () => {
    window = null;
  });
}

/** A port for the page that asks, if it is ours and not a frame within. A reloaded page asks again. */
function givePorts(station: OpenStation): void {
  ipcMain.on('station-port', (event) => {
    const { senderFrame, sender } = event;
    if (senderFrame === null || senderFrame.parent !== null || !isOurs(senderFrame.url)) return;
    const { port1, port2 } = new MessageChannelMain();
    serve(createPortWire(port1), station.services, (name, error) =>
      log('error', 'bug', { name, error: String(error) }),
    );
    sender.postMessage('station-port', null, [port2]);
  });
}

function waitingChanged(count: number): void {
  waiting = count;
  if (count === 0 && isHiddenToSend) app.quit();
}

function show(): void {
  isHiddenToSend = false;
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** A station without a window of its own answers with an address instead. */
function leaveToOther(answer: string | null): void {
  const what = answer === 'shown' ? ': its window is shown.' : '.';
  process.stdout.write(`Darcha is running on this data already${what}\n`);
  app.exit(0);
}

function stop(code: number, sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  if (app.isPackaged) dialog.showErrorBox('Darcha', sentence);
  app.exit(code);
}

function readArguments() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { ...TARGET_OPTIONS, ...KEY_OPTIONS, data: text },
    // Chromium's own switches, and the path of the app when it is not packaged, stand among them.
    strict: false,
  });
  return {
    ...{ data: values.data as string | undefined, keys: toGivenKeys(values) },
    ...toGivenTarget(values),
  };
}
