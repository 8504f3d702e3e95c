import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { ROOT } from './root.mjs';

const CODE = new Set(['.ts', '.tsx', '.json', '.css', '.html', '.sql', '.svg', '.png', '.ttf', '.mjs']);
const NEUTRAL = ['sync/model', 'sync/protocol'];
const STATION = ['main/contract', 'main/station', 'hardware'];

/** What is built: each from one Vite configuration in `build/bundles`, into one file or folder of `out`. */
export const BUNDLES = [
  {
    name: 'renderer',
    makes: 'out/renderer/index.html',
    from: ['renderer', 'sync/replica', 'main/contract', ...NEUTRAL],
  },
  { name: 'server', makes: 'out/server/main.js', from: ['sync/server', ...NEUTRAL] },
  { name: 'browser', makes: 'out/browser/main.js', from: ['main/browser', ...STATION] },
  { name: 'electron', makes: 'out/electron/main.js', from: ['main/electron', ...STATION] },
  { name: 'preload', makes: 'out/electron/preload.cjs', from: ['main/electron', 'main/contract'] },
  { name: 'seed', makes: 'out/seed/seed.json', from: ['build/seed', ...NEUTRAL] },
];

/** The Vite configuration of a bundle. */
export function configOf(bundle) {
  return `build/bundles/${bundle.name}.config.ts`;
}

/** A digest of everything a bundle is made from; another digest means it is to be made again. */
export function sourceDigest(bundle, root = ROOT) {
  const hash = createHash('sha256');
  const files = ['package-lock.json', 'package.json'];
  for (const folder of ['build/bundles', ...bundle.from]) files.push(...sourcesUnder(root, folder));
  for (const file of files.sort()) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(file).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Whether a bundle is there and was made from what its sources are now. */
export function isCurrent(bundle, root = ROOT) {
  if (!existsSync(join(root, bundle.makes))) return false;
  const stamp = stampOf(bundle, root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceDigest(bundle, root);
}

export function markCurrent(bundle, digest, root = ROOT) {
  const stamp = stampOf(bundle, root);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function stampOf(bundle, root) {
  return join(root, 'out', '.stamps', bundle.name);
}

function sourcesUnder(root, folder) {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true })
    .map((name) => `${folder}/${name.split('\\').join('/')}`)
    .filter((file) => CODE.has(extname(file)) && !/\.test\.tsx?$/.test(file))
    .filter((file) => statSync(join(root, file)).isFile());
}
