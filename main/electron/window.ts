import { app, BrowserWindow, type Session, type WebContents } from 'electron';
import type { Log } from '#station/shell';
import { isOurs, ORIGIN } from './scheme.ts';

const MOST_RELOADS = 3;
const RELOADS_FORGOTTEN_MS = 10 * 60_000;

/** Nothing is granted: the station has the devices, the page needs none. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Every page there ever is in this process stays where it is and opens nothing. */
export function lockNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event, url) => {
    if (!isOurs(url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    const { url, isMainFrame } = event;
    const isAllowed = isMainFrame ? isOurs(url) : url.startsWith(`blob:${ORIGIN}/`);
    if (!isAllowed) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The window of the screens, shown when it has something to show. */
export function openWindow(preload: string, log: Log): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      // The viewer of PDFs is one: receipts are printed from a frame of our own.
      plugins: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // A hidden window goes on sending.
      backgroundThrottling: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  reloadAfterCrash(window, log);
  void window.loadURL(`${ORIGIN}/`).catch((error: unknown) => log('error', 'page', { error: String(error) }));
  return window;
}

function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let reloads = 0;
  let last = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log('error', 'page-gone', { reason });
    if (Date.now() - last > RELOADS_FORGOTTEN_MS) reloads = 0;
    last = Date.now();
    reloads += 1;
    if (reloads <= MOST_RELOADS && !window.isDestroyed()) window.webContents.reload();
  });
}
