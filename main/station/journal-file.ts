import { constants, type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { isLoss } from './disk-refusal.ts';
import type { Entry, LastFile } from './journal-index.ts';
import { decodePayload } from './journal-record.ts';
import { openPayload } from './journal-seal.ts';
import type { Sealer } from './sealer.ts';

/** `hasRest`: bytes beyond `sizeBytes` may be there that nobody was told of. */
export type OpenFile = {
  name: string;
  handle: FileHandle;
  sizeBytes: number;
  hasRest: boolean;
  lacksNewline: boolean;
};

export async function continueFile(folder: string, last: LastFile): Promise<OpenFile> {
  const handle = await open(join(folder, last.name), 'r+');
  const { name, goodBytes, lacksNewline } = last;
  const hasRest = goodBytes < last.sizeBytes;
  const file = { name, handle, sizeBytes: goodBytes, hasRest, lacksNewline };
  await cutRest(file);
  return file;
}

/** A file of the next name can only be the empty rest of an attempt that failed. */
export async function createOrReuseEmpty(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  if ((await handle.stat()).size === 0) return handle;
  await handle.close();
  throw Object.assign(new Error('journal file in the way'), { code: 'EEXIST' });
}

/** A record that failed half-way must not be found after a start: its number belongs to the next. */
export async function cutRest(file: OpenFile): Promise<void> {
  if (!file.hasRest) return;
  await file.handle.truncate(file.sizeBytes);
  await file.handle.datasync();
  file.hasRest = false;
}

export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/**
 * Reads records of one file after another and keeps no more than one open.
 *
 * `null` is a record that is gone. A file that is only held by another program, or one handle too many, is thrown.
 */
export function createReader(
  folder: string,
  sealer: Sealer,
): {
  read(entry: Entry): Promise<string | null>;
  close(): Promise<void>;
} {
  let file: { name: string; handle: FileHandle } | null = null;
  const close = async () => {
    await file?.handle.close();
    file = null;
  };
  return {
    close,
    async read(entry) {
      try {
        if (file?.name !== entry.file) {
          await close();
          file = { name: entry.file, handle: await open(join(folder, entry.file), 'r') };
        }
        const { lengthBytes, offset } = entry;
        const { buffer } = await file.handle.read(Buffer.alloc(lengthBytes), 0, lengthBytes, offset);
        const sealed = decodePayload(buffer);
        return sealed === null ? null : openPayload(sealer, entry, sealed);
      } catch (error) {
        if (isLoss(error)) return null;
        throw error;
      }
    },
  };
}
