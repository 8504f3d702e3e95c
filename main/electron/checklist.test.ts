import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pageHeaders } from '#station/page-files';
import { findForbiddenSwitch } from './switches.ts';

/*
 * Electron's list of twenty, one test for each point by its number. What can be read off the sources is read here; what
 * only shows while it runs is a test of `electron-shell.real.test.ts`, named here so that none of them gets lost.
 */
const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
/** Without its comments: they may speak of what must not be done. */
const codeOf = (path: string): string => read(path).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
const ownFiles = (folder: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((it) => /\.ts$/.test(it) && !/\.(test|fixture)\.ts$/.test(it))
    .map((it) => `${folder}${it}`);
const shell = new Map(ownFiles('main/electron/').map((it) => [it.split('/').at(-1) ?? '', codeOf(it)]));
const all = [...shell.values()].join('\n');
const filesWith = (pattern: RegExp): string[] =>
  [...shell].filter(([, it]) => pattern.test(it)).map(([name]) => name);
const [main, preload, scheme, window] = ['main.ts', 'preload.ts', 'scheme.ts', 'window.ts'].map(
  (it) => shell.get(it) ?? '',
) as [string, string, string, string];
const policy = pageHeaders()['content-security-policy'] ?? '';
const builder = read('electron-builder.yml');
const shown = read('main/electron/electron-shell.real.test.ts');
const runs = (title: string): void => expect(shown).toContain(`test('${title}`);

test('1: only content of ours is loaded, from our own scheme', () => {
  expect(all).not.toMatch(/['"`]https?:\/\//);
  expect(window).toContain('loadURL(`$' + '{ORIGIN}/`)');
  runs('its policy stops images, code from text and inline code');
});

test('2: no Node in the page', () => {
  expect(window).toContain('nodeIntegration: false');
  expect(all).not.toMatch(/nodeIntegration(InWorker|InSubFrames)?: true/);
  runs('shows the page on its fixed origin, as a secure context, with nothing of Node in reach');
});

test('3: the preload has a world of its own, and gives the page nothing but a port', () => {
  expect(window).toContain('contextIsolation: true');
  expect(preload).not.toContain('contextBridge');
});

test('4: every process of a page is sandboxed', () => {
  expect(main).toContain('app.enableSandbox()');
  expect(window).toContain('sandbox: true');
  expect([...preload.matchAll(/from '([^']+)'/g)].map((it) => it[1])).toEqual(['electron']);
  expect(all).not.toMatch(/no-sandbox'\)|sandbox: false/);
});

test('5: no permission is granted, to whomever asks', () => {
  for (const handler of [
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
  ])
    expect(window).toContain(handler);
  expect(window).not.toMatch(/answer\(true\)|Handler\(\(\) => true\)/);
  expect(main).toContain('denyPermissions(session.defaultSession)');
  runs('grants nothing');
});

test('6: the web’s own security is left on', () => {
  expect(all).not.toMatch(/webSecurity|bypassCSP|corsEnabled|ignore-certificate-errors'\)/);
});

test('7: a policy goes with every page', () => {
  expect(scheme).toContain('pageHeaders()');
  const directives = Object.fromEntries(policy.split('; ').map((it) => it.split(/ (.*)/s).slice(0, 2)));
  expect(directives).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });
  expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
  runs('its policy stops images, code from text and inline code');
});

test('8: no insecure content is allowed', () => {
  expect(all).not.toContain('allowRunningInsecureContent');
});

test('9: no experimental features', () => {
  expect(all).not.toContain('experimentalFeatures');
});

test('10: no features of Blink by name', () => {
  expect(all).not.toMatch(/enableBlinkFeatures|enable-blink-features|appendSwitch/);
});

test('11: no webview in the page', () => {
  expect(window).toContain('webviewTag: false');
});

test('12: a webview that is made all the same is not attached', () => {
  expect(window).toMatch(/'will-attach-webview', \(event\) => event\.preventDefault\(\)/);
});

test('13: a page goes nowhere', () => {
  expect(main).toContain("'web-contents-created', (_event, contents) => lockNavigation(contents)");
  for (const it of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
    expect(window).toContain(`'${it}'`);
  expect(scheme).toMatch(/scheme === `\$\{SCHEME\}:` && host === HOST/);
  runs('stays on its page, whatever the page is told');
});

test('14: no window is opened but ours', () => {
  expect(window).toContain("setWindowOpenHandler(() => ({ action: 'deny' }))");
  expect(all.match(/new BrowserWindow\(/g)).toHaveLength(1);
  runs('opens no window');
});

test('15: nothing is handed to other programs', () => {
  expect(filesWith(/import \{[^}]*\bshell\b[^}]*\} from 'electron'/)).toEqual([]);
  expect(all).not.toMatch(/openExternal|openPath|showItemInFolder/);
});

test('16: Electron is one that gets fixes', () => {
  expect(read('build/checks/electron-major.test.ts')).toContain('supported at the last refresh');
});

test('17: who sends a message is looked at, in the one place that takes any', () => {
  expect(filesWith(/ipcMain\.(on|handle|once|handleOnce)\(/)).toEqual(['main.ts']);
  expect(main.match(/ipcMain\.\w+\(/g)).toEqual(['ipcMain.on(']);
  expect(main).toContain('senderFrame === null || senderFrame.parent !== null || !isOurs(senderFrame.url)');
  runs('a frame of the page gets no port');
});

test('18: nothing comes from file://', () => {
  expect(all).not.toMatch(/file:\/\/|loadFile|registerFileProtocol|interceptFileProtocol/);
  expect(builder).toContain('grantFileProtocolExtraPrivileges: false');
  runs('serves its folder and nothing above it');
});

test('19: the fuses are set, and read back from what is packed', () => {
  for (const [fuse, on] of Object.entries({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  }))
    expect(builder).toContain(`\n  ${fuse}: ${on}\n`);
  expect(read('build/package/pack.real.test.ts')).toContain('with fuses, digests and version in place');
});

test('20: the page has no hand on ipcRenderer', () => {
  expect(filesWith(/ipcRenderer/)).toEqual(['preload.ts']);
  expect(preload.match(/ipcRenderer\.\w+\('[^']+'/g)).toEqual([
    "ipcRenderer.send('station-port'",
    "ipcRenderer.on('station-port'",
  ]);
  expect(preload).toContain('page.location.origin, ports');
});

test('beyond the list: what has no fuse ends a packed app, and is ours in development', () => {
  const given = (name: string) => name === 'remote-debugging-port';
  expect(findForbiddenSwitch(true, given)).toBe('remote-debugging-port');
  expect(findForbiddenSwitch(true, () => false)).toBe(null);
  expect(findForbiddenSwitch(false, given)).toBe(null);
  expect(main).toContain('findForbiddenSwitch(app.isPackaged');
  expect(window).toContain('devTools: !app.isPackaged');
});
