import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ByteStore, type FileKey, StoreFailure, type StoreFault, toFilePath } from './byte-store.ts';

/** Files in a folder, `files/<centre>/ab/<sha256>`, snapshots beside them, and what is on its way in `uploads/<id>`. */
export async function openByteFolder(folder: string): Promise<ByteStore> {
  const partOf = (uploadId: string): string => join(folder, 'uploads', uploadId);
  const fileOf = (key: FileKey): string => join(folder, toFilePath(key));
  await mkdir(join(folder, 'uploads'), { recursive: true });

  return {
    partSize: (uploadId) => guarded(async () => (await sizeOf(partOf(uploadId))) ?? 0),
    append: (uploadId, from, source) =>
      guarded(async () => {
        const file = await openToWrite(partOf(uploadId));
        try {
          await file.truncate(from);
          await writeAll(file, from, source);
        } finally {
          await file.sync().finally(() => file.close());
        }
      }),
    // `end` is the last byte that is read.
    readPart: (uploadId, from, to) => createReadStream(partOf(uploadId), { start: from, end: to - 1 }),
    cutPart: (uploadId, to) => guarded(() => truncate(partOf(uploadId), to)),
    dropPart: (uploadId) => guarded(() => rm(partOf(uploadId), { force: true })),
    keep: (uploadId, key) =>
      guarded(async () => {
        await mkdir(dirname(fileOf(key)), { recursive: true });
        await rename(partOf(uploadId), fileOf(key));
        await flushFolder(dirname(fileOf(key)));
      }),
    fileSize: (key) => guarded(() => sizeOf(fileOf(key))),
    readFile: (key, from = 0, to = Number.POSITIVE_INFINITY) =>
      createReadStream(fileOf(key), { start: from, end: to - 1 }),
    dropFile: (key) => guarded(() => rm(fileOf(key), { force: true })),
  };
}

/** What a disk, or a share of the network in its place, says when it cannot. */
const FAULTS: Record<string, StoreFault> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
  EIO: 'unreachable',
  ESTALE: 'unreachable',
};

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const fault = FAULTS[(cause as { code?: string }).code ?? ''];
    throw fault === undefined ? cause : new StoreFailure(fault, { cause });
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}

async function openToWrite(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    return open(path, 'w', 0o600);
  }
}

async function writeAll(file: FileHandle, from: number, source: AsyncIterable<Uint8Array>): Promise<void> {
  let at = from;
  for await (const bytes of source) {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at);
      done += bytesWritten;
      at += bytesWritten;
    }
  }
}

/** The name is on the disk too when this resolves; a folder cannot be synced on Windows. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
