import { open, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { decodePayload } from './journal-record.ts';
import { nameOfKey } from './sealer.ts';

const HEAD_BYTES = 64;
/** Folders and files of what a key has sealed; its name stands at the head of each. */
const SEALED = [/^drafts\//, /^blobs\/[0-9a-f]{2}\//, /^snapshots\//, /^people$/, /^centre-seen\.sealed$/];
const JOURNAL = /^journal(?:-before-[^/]*)?\//;
const NEWLINE = 0x0a;

/** The names of the keys that anything in the folder is sealed with. Throws where a file is not given: better kept than lost. */
export async function findUsedKeys(dataFolder: string): Promise<Set<string>> {
  const used = new Set<string>();
  const all = await readdir(dataFolder, { recursive: true, withFileTypes: true });
  for (const it of all.filter((entry) => entry.isFile())) {
    const path = join(it.parentPath, it.name);
    const name = relative(dataFolder, path).replaceAll('\\', '/');
    if (JOURNAL.test(name)) await addRecords(used, path);
    // A frame of a packed stream says its length before it.
    else if (SEALED.some((kind) => kind.test(name)))
      add(used, await readHead(path, name.startsWith('snapshots/') ? 4 : 0));
  }
  return used;
}

function add(used: Set<string>, sealed: Uint8Array): void {
  const name = nameOfKey(sealed);
  if (name !== null) used.add(name);
}

async function readHead(path: string, from: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A damaged record names no key, and none would open it. */
async function addRecords(used: Set<string>, path: string): Promise<void> {
  const bytes = await readFile(path);
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    const payload = decodePayload(line);
    if (payload !== null) add(used, Buffer.from(payload.slice(0, HEAD_BYTES), 'base64'));
    from = end === -1 ? bytes.length : end + 1;
  }
}
