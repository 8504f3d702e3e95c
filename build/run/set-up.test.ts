import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isCurrent, markCurrent, sourceDigest } from './bundles.mjs';
import { windowObstacle } from './choose-shell.mjs';
import { installedElectron } from './find-electron.mjs';
import { nodeProblem } from './node-version.mjs';
import { packagesNotLocked, packagesProblem } from './packages.mjs';
import { ROOT } from './root.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-up-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('Node before 20.19 is too old', () => {
  const tooOld = ['18.20.4', '20.0.0', '20.18.9', '20.19.0', '20.20.2', '22.0.0', '24.1.0'].map(
    (it) => nodeProblem(it) !== null,
  );
  expect(tooOld).toEqual([true, true, true, false, false, false, false]);
});

test('packages are stale when one is missing or of another version; an optional one may be missing', () => {
  const a = { version: '1.0.0', integrity: 'x' };
  const lock = (packages: object): string => JSON.stringify({ packages });
  put('package-lock.json', lock({ '': {}, 'node_modules/a': a, 'node_modules/b': { ...a, optional: true } }));
  const problems = [packagesProblem(folder)];
  for (const installed of [
    {},
    { 'node_modules/a': { ...a, version: '0.9.0' } },
    { 'node_modules/a': { ...a, integrity: 'y' } },
    { 'node_modules/a': a },
  ]) {
    put('node_modules/.package-lock.json', lock(installed));
    problems.push(packagesProblem(folder));
  }
  const stale = 'node_modules/a is not at 1.0.0';
  expect(problems).toEqual(['no packages are installed yet', stale, stale, stale, null]);
});

test('package-lock.json holds every package for every system, and no address of a registry', () => {
  expect(packagesNotLocked()).toEqual([]);
  expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
});

test('a lock file that left out a package for another system is told', () => {
  const parent = { version: '1.0.0', optionalDependencies: { 'tool-linux': '1.0.0', 'tool-win32': '1.0.0' } };
  const packages = { 'node_modules/tool': parent, 'node_modules/tool-linux': { version: '1.0.0' } };
  put('package-lock.json', JSON.stringify({ packages }));
  expect(packagesNotLocked(folder)).toEqual(['tool-win32']);
});

test('a bundle is made again when a source of it changes, and only then', () => {
  const bundle = { name: 'server', makes: 'out/server/main.js', from: ['sync/server'] };
  put('sync/server/main.ts', 'one');
  put('out/server/main.js', '');
  const seen = [isCurrent(bundle, folder)];
  const look = (): void => {
    seen.push(isCurrent(bundle, folder));
    markCurrent(bundle, sourceDigest(bundle, folder), folder);
    seen.push(isCurrent(bundle, folder));
  };
  look();
  put('sync/server/main.test.ts', 'a test is not in the bundle');
  put('renderer/app.tsx', 'nor is another folder');
  seen.push(isCurrent(bundle, folder));
  put('sync/server/main.ts', 'two');
  look();
  put('sync/server/routes/push.ts', 'new');
  look();
  rmSync(join(folder, 'out/server/main.js'));
  seen.push(isCurrent(bundle, folder));
  expect(seen).toEqual([false, false, true, true, false, true, false, true, false]);
});

test('no window is tried without a display, nor as root with the sandbox on', () => {
  const at = { platform: 'linux' as const, uid: 1000 };
  expect(windowObstacle({ ...at, env: {} })).toContain('no display');
  expect(windowObstacle({ ...at, env: { DISPLAY: ':0' } })).toBe(null);
  expect(windowObstacle({ ...at, env: { DISPLAY: ':0' }, uid: 0 })).toContain('as root');
  expect(windowObstacle({ ...at, env: { DARCHA_BROWSER_ARGS: '--headless --no-sandbox' }, uid: 0 })).toBe(
    null,
  );
  expect(windowObstacle({ platform: 'win32', env: {}, uid: undefined })).toBe(null);
});

test('Electron is taken from the folder that is named instead of the package’s own', () => {
  const env = { ELECTRON_OVERRIDE_DIST_PATH: folder };
  expect(installedElectron({ env })).toBe(null);
  for (const name of ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']) put(name, '');
  expect(installedElectron({ env })?.startsWith(join(folder, ''))).toBe(true);
});

test('every command of package.json looks at the version of Node before anything else', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const files = Object.values(scripts).flatMap((it) => /^node (\S+)$/.exec(it)?.[1] ?? []);
  const firsts = files.map((it) => /^import .*$/m.exec(readFileSync(join(ROOT, it), 'utf8'))?.[0]);
  expect(files.length).toBeGreaterThan(5);
  expect(firsts.filter((it) => !/^import '(\.|\.\.\/run)\/node-version\.mjs';$/.test(it ?? ''))).toEqual([]);
  // What Node 12 cannot read is not even loaded.
  const loaded = ['start', 'test'].map((it) => readFileSync(join(ROOT, `build/run/${it}.mjs`), 'utf8'));
  expect(loaded.map((it) => it.match(/^import /gm)?.length)).toEqual([1, 1]);
});
