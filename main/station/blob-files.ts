import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiskRefusal, MAX_FILE_BYTES } from '#contract/station-contract';
import { errorCodeOf } from './disk-refusal.ts';
import { createQueue, flushFolder, writeDurably } from './durable-file.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export type KeepOutcome =
  | { outcome: 'kept'; sha256: string; bytes: number }
  | { outcome: 'too-large'; maxBytes: number }
  | { outcome: 'empty' }
  | DiskRefusal;

export type SendOutcome =
  | { outcome: 'sent'; sha256: string }
  | { outcome: 'none-waiting' }
  | { outcome: 'offline' }
  | { outcome: 'refused'; sha256: string; code: string };

/** What became of one file at the centre. */
export type UploadOutcome =
  | { outcome: 'there' }
  | { outcome: 'offline' }
  | { outcome: 'refused'; code: string };

export interface BlobFiles {
  keep(bytes: Bytes): Promise<KeepOutcome>;
  read(sha256: string): Promise<{ outcome: 'found'; bytes: Bytes } | { outcome: 'absent' | 'damaged' }>;
  waiting(): Promise<{ count: number; bytes: number }>;
  send(signal: AbortSignal): Promise<SendOutcome>;
}

/**
 * Files by their SHA-256: `ab/<sha256>`, and an empty mark `waiting/<sha256>` until the centre has it.
 *
 * Kept means on the disk, mark included. A file that the centre has stays here.
 */
export async function openBlobFiles(
  folder: string,
  upload: (sha256: string, bytes: Bytes, signal: AbortSignal) => Promise<UploadOutcome>,
): Promise<BlobFiles> {
  const marks = join(folder, 'waiting');
  await mkdir(marks, { recursive: true, mode: 0o700 });
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const inOrder = createQueue();
  const sendInOrder = createQueue();
  const waiting = await readWaiting(marks, pathOf);
  // Those go last in the next round, so that one file the centre will not have holds up no other.
  const refused = new Set<string>();

  async function read(sha256: string) {
    try {
      const bytes = new Uint8Array(await readFile(pathOf(sha256)));
      return sha256Of(bytes) === sha256
        ? { outcome: 'found' as const, bytes }
        : { outcome: 'damaged' as const };
    } catch (error) {
      return { outcome: errorCodeOf(error) === 'ENOENT' ? ('absent' as const) : ('damaged' as const) };
    }
  }

  function nextToSend(): string | undefined {
    const next = [...waiting.keys()].find((it) => !refused.has(it));
    if (next !== undefined) return next;
    refused.clear();
    return waiting.keys().next().value;
  }

  async function settle(sha256: string): Promise<void> {
    await rm(join(marks, sha256), { force: true });
    await flushFolder(marks);
    waiting.delete(sha256);
    refused.delete(sha256);
  }

  return {
    read,

    keep: (bytes) =>
      inOrder(async () => {
        if (bytes.length === 0) return { outcome: 'empty' };
        if (bytes.length > MAX_FILE_BYTES) return { outcome: 'too-large', maxBytes: MAX_FILE_BYTES };
        const sha256 = sha256Of(bytes);
        if ((await read(sha256)).outcome !== 'found') {
          const written = await writeDurably(pathOf(sha256), bytes);
          if (written.outcome !== 'saved') return written;
          await flushFolder(folder);
        }
        const marked = await writeDurably(join(marks, sha256), '');
        if (marked.outcome !== 'saved') return marked;
        waiting.set(sha256, bytes.length);
        return { outcome: 'kept', sha256, bytes: bytes.length };
      }),

    async waiting() {
      return { count: waiting.size, bytes: [...waiting.values()].reduce((sum, it) => sum + it, 0) };
    },

    send: (signal) =>
      sendInOrder(async () => {
        const sha256 = nextToSend();
        if (sha256 === undefined) return { outcome: 'none-waiting' };
        const file = await read(sha256);
        if (file.outcome !== 'found') {
          refused.add(sha256);
          return { outcome: 'refused', sha256, code: `file-${file.outcome}` };
        }
        const answer = await upload(sha256, file.bytes, signal);
        if (answer.outcome === 'offline') return answer;
        if (answer.outcome === 'refused') {
          refused.add(sha256);
          return { ...answer, sha256 };
        }
        await settle(sha256);
        return { outcome: 'sent', sha256 };
      }),
  };
}

async function readWaiting(marks: string, pathOf: (sha256: string) => string): Promise<Map<string, number>> {
  const found = await Promise.all(
    (await readdir(marks))
      .filter((it) => /^[0-9a-f]{64}$/.test(it))
      .map(async (sha256) => {
        const file = await stat(pathOf(sha256)).catch(() => null);
        const { mtimeMs } = await stat(join(marks, sha256));
        return { sha256, bytes: file?.size ?? 0, mtimeMs };
      }),
  );
  const oldestFirst = found.sort((a, b) => a.mtimeMs - b.mtimeMs);
  return new Map(oldestFirst.map(({ sha256, bytes }) => [sha256, bytes]));
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
