import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import parse from 'spdx-expression-parse';
import { ROOT } from '../run/root.mjs';

/** Licences under which a package may be shipped with a program under Apache-2.0: all ask for no more than their text. */
export const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1', // fonts
  'Unlicense',
  'Zlib',
]);

/** Packages that say nothing of their licence where npm looks, and what their own files say; looked at by hand. */
const LOOKED_AT = {
  'png-js': 'MIT',
};

/** Sentences about each package that must not be shipped, by name. */
export function licenceProblems(packages, root = ROOT) {
  return packages.flatMap(({ name, version, place, license }) => {
    const said = license ?? licenceOf(join(root, place)) ?? LOOKED_AT[name];
    if (said === undefined) return [`${name}@${version} names no licence`];
    return isAllowed(said) ? [] : [`${name}@${version} is under ${said}`];
  });
}

/** `A OR B` where one is allowed, `A AND B` where both are. */
export function isAllowed(expression) {
  try {
    return holds(parse(expression));
  } catch {
    return false;
  }
}

function holds({ license, exception, conjunction, left, right }) {
  if (license !== undefined) return exception === undefined && ALLOWED.has(license);
  return conjunction === 'or' ? holds(left) || holds(right) : holds(left) && holds(right);
}

function licenceOf(folder) {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  const { license, licenses } = JSON.parse(readFileSync(path, 'utf8'));
  return typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type);
}
