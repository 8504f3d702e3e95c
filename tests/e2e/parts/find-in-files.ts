import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files under a folder in whose raw bytes one of the texts stands, as `name: text`. */
export async function findInFiles(folder: string, texts: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // Gone meanwhile: a browser that runs tidies up.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    for (const text of texts) if (holds(bytes, text)) found.push(`${path.slice(folder.length + 1)}: ${text}`);
  }
  return found;
}

/** As files, IndexedDB, JSON and links write it. */
function holds(bytes: Buffer, text: string): boolean {
  const escaped = JSON.stringify(text).slice(1, -1);
  const wide = escaped.replace(/[^ -~]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const forms = [text, wide, encodeURIComponent(text)].map((it) => Buffer.from(it, 'utf8'));
  const base64 = [0, 1, 2].map((at) => toInnerBase64(text, at));
  return [...forms, Buffer.from(text, 'utf16le'), ...base64].some((it) => bytes.includes(it));
}

/** The letters that the text gives in base64, wherever in the whole it begins. */
function toInnerBase64(text: string, at: number): Buffer {
  const whole = Buffer.from('\0'.repeat(at) + text, 'utf8')
    .toString('base64')
    .replaceAll('=', '');
  return Buffer.from(whole.slice(at === 0 ? 0 : at + 1, -2));
}
