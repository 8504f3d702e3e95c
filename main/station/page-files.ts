import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

export type PageFile =
  | { outcome: 'found'; type: string; bytes: Uint8Array<ArrayBuffer>; cache: string }
  | { outcome: 'absent' }
  | { outcome: 'forbidden' };

/** A file of the built screens. A path without an extension is a place within the page, and gets the page. */
export async function findPageFile(root: string, urlPath: string): Promise<PageFile> {
  const path = decodePath(urlPath);
  if (path === null) return { outcome: 'forbidden' };
  const full = resolve(join(root, path));
  if (full !== resolve(root) && !full.startsWith(resolve(root) + sep)) return { outcome: 'forbidden' };
  const extension = extname(path);
  const file = extension === '' ? join(root, 'index.html') : full;
  const type = TYPES[extension === '' ? '.html' : extension];
  if (type === undefined) return { outcome: 'absent' };
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return { outcome: 'absent' };
  // Names under /assets carry a hash of their content.
  const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { outcome: 'found', type, bytes: new Uint8Array(await readFile(file)), cache };
}

/** `null` for a path that is no plain one: encoded separators, `..`, control characters. */
function decodePath(urlPath: string): string | null {
  if (/%2f|%5c/i.test(urlPath)) return null;
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  const isPlain = path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..');
  return isPlain && !hasControl(path) ? path : null;
}

function hasControl(text: string): boolean {
  return [...text].some((it) => it < ' ');
}

/** What every page of ours says about itself, in both shells. `connect` adds where else it may connect. */
export function pageHeaders(connect: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    ["connect-src 'self'", ...connect].join(' '),
    "font-src 'self' data: blob:",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    'frame-src blob:',
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), hid=()',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}
