import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run/root.mjs';

const FOLDERS = ['main', 'renderer', 'sync', 'hardware'];
const SOURCE = /\.(tsx?|mjs|css)$/;
const NOT_SHIPPED = /\.(test|fixture)\.|\.d\.[mc]?ts$/;
const NAMED =
  /(?:\bfrom|\bimport|\bimport\(|\burl\(|\brequire\(|\bimport\.meta\.resolve\()\s*["']((?:@[\w.-]+\/)?[\w.-]+)/g;

/** The packages that our own sources name, as far as package.json has them, and Electron, which carries them. */
export function namedPackages(root = ROOT) {
  const { dependencies, devDependencies } = readJson(join(root, 'package.json'));
  const known = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  const named = new Set([...Object.keys(dependencies), 'electron']);
  for (const folder of FOLDERS) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      if (!SOURCE.test(name) || NOT_SHIPPED.test(name)) continue;
      for (const [, it] of readFileSync(join(root, folder, name), 'utf8').matchAll(NAMED)) named.add(it);
    }
  }
  return [...named].filter((it) => known.has(it)).sort();
}

/**
 * What reaches a desk or the server: the packages we name and all that they need, by their places in the lock file.
 *
 * More than a bundle in the end holds, as what is not used of them falls away there; never less.
 */
export function shippedPackages(root = ROOT) {
  const { packages } = readJson(join(root, 'package-lock.json'));
  const found = new Map();
  const waiting = namedPackages(root).map((name) => ({ name, from: '' }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = findPlace(packages, next);
    // Optional ones of other systems, and peers that nobody asked for, have no place.
    if (place === null || found.has(place)) continue;
    const entry = packages[place];
    found.set(place, { ...entry, place, name: entry.name ?? nameOf(place) });
    // Electron brings a program, and what its installer needs is not shipped with it.
    if (place === 'node_modules/electron') continue;
    const needed = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies };
    for (const name of Object.keys(needed)) waiting.push({ name, from: place });
  }
  return [...found.values()].sort((a, b) => a.place.localeCompare(b.place));
}

/** As Node looks: beside, then in each folder above. */
function findPlace(packages, { name, from }) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (place in packages) return place;
    if (at === '') return null;
  }
}

function nameOf(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
