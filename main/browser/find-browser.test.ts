import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from './find-browser.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  chmodSync(whole, 0o755);
  return whole;
}
const onLinux = (env: NodeJS.ProcessEnv = {}) =>
  findBrowser({
    platform: 'linux',
    env: { PATH: ['a', 'b'].map((it) => join(folder, it)).join(delimiter), ...env },
  });

test('the browser is looked for where each system keeps it', () => {
  const edge = join('C:\\Programs (x86)', 'Microsoft\\Edge\\Application\\msedge.exe');
  const windows = { platform: 'win32' as const, env: { 'ProgramFiles(x86)': 'C:\\Programs (x86)' } };
  expect(findBrowser({ ...windows, canStart: (path) => path === edge })).toEqual({ program: edge });
  const mac = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
  expect(findBrowser({ platform: 'darwin', env: {}, canStart: (path) => path === mac })).toEqual({
    program: mac,
  });
  const chrome = put('b/google-chrome', '#!/bin/sh\nexec /opt/google/chrome/chrome "$@"\n');
  expect(onLinux()).toEqual({ program: chrome });
  const chromium = put('b/chromium', '#!/bin/sh\n');
  expect(onLinux()).toEqual({ program: chromium });
});

test('a program that is named is taken, and nothing else where it cannot be started', () => {
  put('a/chromium', '#!/bin/sh\n');
  const own = put('own', '#!/bin/sh\n');
  expect(onLinux({ DARCHA_BROWSER: own })).toEqual({ program: own });
  expect(onLinux({ DARCHA_BROWSER: '/none/chromium' })).toMatchObject({
    program: null,
    why: expect.stringContaining('DARCHA_BROWSER names /none/chromium'),
  });
});

test('a snap is passed over, in each of its disguises, and named where there is nothing else', () => {
  const snap = put('usr/snap', 'the program of all snaps');
  mkdirSync(join(folder, 'a'));
  symlinkSync(snap, join(folder, 'a', 'chromium'));
  put('b/chromium-browser', '#!/bin/sh\nexec /snap/bin/chromium "$@"\n');
  const only = onLinux();
  expect(only).toMatchObject({
    program: null,
    why: expect.stringMatching(/a\/chromium, is a snap/),
    next: expect.stringContaining('.deb'),
  });
  const chrome = put('b/google-chrome', 'a browser');
  expect(onLinux()).toEqual({ program: chrome });
});

test('where there is none it says what to install', () => {
  expect(onLinux()).toMatchObject({
    program: null,
    why: 'no Chromium, Chrome or Edge was found',
    next: expect.stringContaining('apt install chromium'),
  });
});
