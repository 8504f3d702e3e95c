import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const WINDOWS = [
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
];
const MAC = ['Google Chrome', 'Microsoft Edge', 'Chromium'];

/** A Chromium, Chrome or Edge of this machine (DARCHA_BROWSER names another), or null. */
export function findBrowser({ platform = process.platform, env = process.env, exists = canRun } = {}) {
  if (env.DARCHA_BROWSER) return env.DARCHA_BROWSER;
  return candidates(platform, env).find(exists) ?? null;
}

function candidates(platform, env) {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles(x86)'], env.ProgramFiles, env.LOCALAPPDATA].filter(Boolean);
    return WINDOWS.flatMap((program) => roots.map((root) => join(root, program)));
  }
  if (platform === 'darwin') return MAC.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
