// The module `electron` over system Chromium: as much of it as this product uses, with the same refusals.
const crypto = require('node:crypto');
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const Module = require('node:module');
const os = require('node:os');
const path = require('node:path');
const { isMainThread } = require('node:worker_threads');
const { createChromium } = require('./chromium.cjs');
const { MessageChannelMain } = require('./message-channel.cjs');
const { schemes } = require('./schemes.cjs');
const { WebContents } = require('./web-contents.cjs');

const args = process.argv.slice(2);
const appAt = args.findIndex((it) => !it.startsWith('-'));
const appPath = path.resolve(args[appAt] ?? '.');
// Playwright's loader cuts this switch off.
process.argv = [process.execPath, '--remote-debugging-port=0', ...args.slice(appAt)];
Object.assign(process.versions, { electron: '0.0.0-standin', chrome: 'system' });
process.type = 'browser';
process.resourcesPath = path.join(appPath, 'resources');

const packageJson = readJson(path.join(appPath, 'package.json'));
const chromium = createChromium();
const windows = [];
const blankTargets = [];

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

// app
const app = new EventEmitter();
const paths = {
  userData: process.env.STANDIN_USER_DATA || fs.mkdtempSync(path.join(os.tmpdir(), 'stand-in-')),
  temp: os.tmpdir(),
  home: os.homedir(),
  exe: process.execPath,
};
let isReady = false;
let isQuitting = false;
let isExiting = false;
let hasLock = false;
const whenReady = new Promise((resolve) => app.once('stand-in-ready', resolve));
const LONGEST_EXIT_MS = 3_000;
const lockFile = () => path.join(paths.userData, 'single-instance');
const knockFile = () => path.join(paths.userData, 'second-instance');

Object.assign(app, {
  name: packageJson.productName ?? packageJson.name ?? 'app',
  isPackaged: false,
  whenReady: () => whenReady,
  isReady: () => isReady,
  getVersion: () => packageJson.version ?? '0.0.0',
  getName: () => app.name,
  getAppPath: () => appPath,
  getPath: (name) => paths[name] ?? path.join(paths.userData, name),
  setPath: (name, value) => {
    paths[name] = value;
  },
  getLocale: () => 'en-US',
  enableSandbox() {},
  commandLine: { appendSwitch() {}, hasSwitch: () => false, getSwitchValue: () => '' },
  requestSingleInstanceLock() {
    fs.mkdirSync(paths.userData, { recursive: true });
    if (isHeldByLiving(lockFile())) {
      fs.writeFileSync(knockFile(), '');
      return false;
    }
    fs.writeFileSync(lockFile(), String(process.pid));
    hasLock = true;
    fs.watch(paths.userData, (_change, name) => {
      if (name !== path.basename(knockFile()) || !fs.existsSync(knockFile())) return;
      fs.rmSync(knockFile(), { force: true });
      app.emit('second-instance', {}, [], '');
    }).unref();
    return true;
  },
  exit(code = 0) {
    // Chromium's own end, which follows, exits once more.
    if (isExiting) return;
    isExiting = true;
    if (hasLock) fs.rmSync(lockFile(), { force: true });
    setTimeout(() => process.exit(code), LONGEST_EXIT_MS);
    chromium.end().then(() => setTimeout(() => process.exit(code), 50));
  },
  quit() {
    if (isQuitting) return;
    let isStopped = false;
    const event = { preventDefault: () => (isStopped = true) };
    app.emit('before-quit', event);
    for (const window of windows) if (!isStopped && !window.mayClose()) isStopped = true;
    if (isStopped) return;
    isQuitting = true;
    app.emit('will-quit', event);
    app.emit('quit', {}, 0);
    app.exit(0);
  },
});

function isHeldByLiving(file) {
  try {
    process.kill(Number(fs.readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

/** As in Electron, nothing is ready before the main module has run. */
async function mainLoaded() {
  if (isQuitting) return;
  chromium.start(paths.userData, () => app.exit(0));
  await chromium.send('Target.setDiscoverTargets', { discover: true });
  await chromium.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: downloadFolder(),
    eventsEnabled: true,
  });
  const { targetInfos } = await chromium.send('Target.getTargets');
  blankTargets.push(...targetInfos.filter((it) => it.type === 'page').map((it) => it.targetId));
  isReady = true;
  app.emit('stand-in-ready');
  app.emit('ready', {}, {});
}

const findWindow = (targetId) => windows.find((it) => it.webContents.targetId === targetId);
const CLOSE_DENIED_AFTER_MS = 150;
chromium.on('Target.targetCreated', ({ targetInfo }) => {
  const opener = targetInfo.openerId === undefined ? undefined : findWindow(targetInfo.openerId);
  if (opener === undefined) return;
  // Closed at once, the opener would hang under Playwright.
  setTimeout(() => {
    if (opener.webContents.lastOpen?.action === 'allow') return;
    chromium.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
  }, CLOSE_DENIED_AFTER_MS);
});
chromium.on('Target.targetDestroyed', ({ targetId }) => findWindow(targetId)?.gone());

// ipc
const handlers = new Map();
const ipcMain = Object.assign(new EventEmitter(), {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel) => handlers.delete(channel),
  answer(channel, event, values) {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...values);
  },
});

// session and protocol
const PERMISSIONS = [
  'notifications',
  'geolocation',
  'camera',
  'microphone',
  'clipboard-read',
  'midi',
  'idle-detection',
];
const protocol = {
  registerSchemesAsPrivileged(list) {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of list) schemes.set(scheme, { ...privileges });
  },
  handle(scheme, handler) {
    if (!isReady) throw new Error('protocol.handle before ready');
    schemes.set(scheme, { ...schemes.get(scheme), handler });
  },
  isProtocolHandled: (scheme) => schemes.get(scheme)?.handler !== undefined,
};
const defaultSession = Object.assign(new EventEmitter(), {
  protocol,
  setPermissionRequestHandler(handler) {
    for (const name of PERMISSIONS) {
      handler(null, name, (isGranted) => {
        const setting = isGranted ? 'granted' : 'denied';
        chromium.send('Browser.setPermission', { permission: { name }, setting }).catch(() => undefined);
      });
    }
  },
  setPermissionCheckHandler() {},
  setDevicePermissionHandler() {},
});
const session = { defaultSession, fromPartition: () => defaultSession };

// Electron asks the user where a file goes, unless a listener says it.
const downloads = new Map();
const downloadFolder = () => path.join(paths.userData, 'stand-in-downloads');
chromium.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) => {
  const setSavePath = (to) => downloads.set(guid, to);
  defaultSession.emit('will-download', {}, { getFilename: () => suggestedFilename, setSavePath });
});
chromium.on('Browser.downloadProgress', ({ guid, state }) => {
  if (state !== 'completed' || !downloads.has(guid)) return;
  fs.renameSync(path.join(downloadFolder(), guid), downloads.get(guid));
});

// windows
class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows];
  static fromWebContents = (contents) => windows.find((it) => it.webContents === contents) ?? null;
  static getFocusedWindow = () => windows[0] ?? null;
  #isVisible;
  #isDestroyed = false;

  constructor(options = {}) {
    super();
    this.#isVisible = options.show !== false;
    this.webContents = new WebContents({
      chromium,
      ipcMain,
      preferences: options.webPreferences,
      session: defaultSession,
      whenReady,
      takeBlank: () => blankTargets.shift(),
    });
    this.webContents.once('stand-in-ready-to-show', () => this.emit('ready-to-show'));
    windows.push(this);
    app.emit('browser-window-created', {}, this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url) {
    return this.webContents.loadURL(url);
  }
  show() {
    this.#isVisible = true;
    this.emit('show');
  }
  hide() {
    this.#isVisible = false;
    this.emit('hide');
  }
  isVisible() {
    return this.#isVisible;
  }
  isMinimized() {
    return false;
  }
  isDestroyed() {
    return this.#isDestroyed;
  }
  focus() {}
  restore() {}
  mayClose() {
    let isStopped = false;
    this.emit('close', { preventDefault: () => (isStopped = true) });
    return !isStopped;
  }
  close() {
    if (this.mayClose()) this.destroy();
  }
  destroy() {
    chromium.send('Target.closeTarget', { targetId: this.webContents.targetId }).catch(() => undefined);
  }
  gone() {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.webContents.isGone = true;
    windows.splice(windows.indexOf(this), 1);
    this.emit('closed');
    if (windows.length > 0) return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
  }
}

// A key for the life of a profile, as a keyring would keep it.
function sealingKey() {
  const file = path.join(paths.userData, 'stand-in-keyring');
  if (!fs.existsSync(file)) fs.writeFileSync(file, crypto.randomBytes(32), { mode: 0o600 });
  return fs.readFileSync(file);
}
const hasKeyring = () => process.env.STANDIN_NO_KEYRING !== '1';
const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => (hasKeyring() ? 'gnome_libsecret' : 'basic_text'),
  encryptString(text) {
    const nonce = crypto.randomBytes(12);
    const cipher = crypto.createCipheriv('aes-256-gcm', sealingKey(), nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v10'), nonce, sealed, cipher.getAuthTag()]);
  },
  decryptString(bytes) {
    const decipher = crypto.createDecipheriv('aes-256-gcm', sealingKey(), bytes.subarray(3, 15));
    decipher.setAuthTag(bytes.subarray(-16));
    return decipher.update(bytes.subarray(15, -16), undefined, 'utf8') + decipher.final('utf8');
  },
};

const notScripted = (name) => async () => {
  throw new Error(`stand-in: ${name} is not scripted; replace it in the test`);
};
const electron = {
  app,
  BrowserWindow,
  ipcMain,
  protocol,
  session,
  safeStorage,
  MessageChannelMain,
  mainLoaded,
  webContents: { getAllWebContents: () => windows.map((it) => it.webContents) },
  dialog: {
    showOpenDialog: notScripted('dialog.showOpenDialog'),
    showSaveDialog: notScripted('dialog.showSaveDialog'),
    showMessageBox: notScripted('dialog.showMessageBox'),
    showErrorBox() {},
  },
  shell: { openExternal: notScripted('shell.openExternal'), openPath: notScripted('shell.openPath') },
  Menu: { setApplicationMenu() {}, buildFromTemplate: (template) => template },
  net: { fetch: (...them) => fetch(...them), isOnline: () => true },
  powerMonitor: new EventEmitter(),
  screen: new EventEmitter(),
};
globalThis.__electronStandIn = electron;

const load = Module._load;
Module._load = function loadElectron(request, ...rest) {
  return request === 'electron' || request === 'electron/main' ? electron : load.call(this, request, ...rest);
};

// Modules given with -r are loaded in Node's loader thread too.
if (isMainThread) {
  process.on('exit', () => chromium.kill());
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => app.exit(0));
}
