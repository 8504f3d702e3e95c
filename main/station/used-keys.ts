import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePayload } from './journal-record.ts';
import { nameOfKey } from './sealer.ts';

const HEAD_BYTES = 64;
/** What a key may have sealed, and where in a file its name stands. */
const SEALED = [/^drafts$/, /^blobs\/[0-9a-f]{2}$/, /^snapshots$/];
const JOURNAL = /^journal(?:-before-[^/]*)?$/;
const NEWLINE = 0x0a;

/** The names of the keys that anything in the folder is sealed with. Throws where a file is not given: better kept than lost. */
export async function findUsedKeys(dataFolder: string): Promise<Set<string>> {
  const used = new Set<string>();
  const all = await readdir(dataFolder, { recursive: true, withFileTypes: true });
  for (const it of all.filter((entry) => entry.isFile())) {
    const folder = relativeTo(dataFolder, it.parentPath);
    const path = join(it.parentPath, it.name);
    if (JOURNAL.test(folder)) await addRecords(used, path);
    else if (SEALED.some((kind) => kind.test(folder)))
      add(used, await readHead(path, folder === 'snapshots' ? 4 : 0));
  }
  return used;
}

function relativeTo(dataFolder: string, folder: string): string {
  return folder === dataFolder ? '' : folder.slice(dataFolder.length + 1).replaceAll('\\', '/');
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
