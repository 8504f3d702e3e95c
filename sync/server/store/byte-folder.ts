import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ByteStore, FileKey } from './byte-store.ts';

/** Files in a folder, `files/<centre>/ab/<sha256>`, and what is on its way in `uploads/<id>`. */
export async function openByteFolder(folder: string): Promise<ByteStore> {
  const partOf = (uploadId: string): string => join(folder, 'uploads', uploadId);
  const fileOf = ({ centreId, sha256 }: FileKey): string =>
    join(folder, 'files', String(centreId), sha256.slice(0, 2), sha256);
  await mkdir(join(folder, 'uploads'), { recursive: true });

  return {
    partSize: async (uploadId) => (await sizeOf(partOf(uploadId))) ?? 0,
    async append(uploadId, from, source) {
      const file = await openToWrite(partOf(uploadId));
      try {
        await file.truncate(from);
        await writeAll(file, from, source);
      } finally {
        await file.sync().finally(() => file.close());
      }
    },
    // `end` is the last byte that is read.
    readPart: (uploadId, from, to) => createReadStream(partOf(uploadId), { start: from, end: to - 1 }),
    cutPart: (uploadId, to) => truncate(partOf(uploadId), to),
    dropPart: (uploadId) => rm(partOf(uploadId), { force: true }),
    async keep(uploadId, key) {
      await mkdir(dirname(fileOf(key)), { recursive: true });
      await rename(partOf(uploadId), fileOf(key));
      await flushFolder(dirname(fileOf(key)));
    },
    fileSize: (key) => sizeOf(fileOf(key)),
    readFile: (key) => createReadStream(fileOf(key)),
  };
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
