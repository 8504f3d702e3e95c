import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type DiskRefusal, MAX_FILE_BYTES } from '#contract/station-contract';
import { openAskAgain } from './ask-again.ts';
import { openBlobMarks } from './blob-marks.ts';
import { errorCodeOf, toDiskRefusal } from './disk-refusal.ts';
import { createQueue, flushFolder, writeDurably } from './durable-file.ts';
import { sealFileAnew } from './seal-anew.ts';
import { SEAL_BYTES, type Sealer } from './sealer.ts';
import type { Uploader, WholeFile } from './upload-file.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const SHA256 = /^[0-9a-f]{64}$/;

export type KeepOutcome =
  | { outcome: 'kept'; sha256: string; bytes: number }
  | { outcome: 'too-large'; maxBytes: number }
  | { outcome: 'empty' }
  | DiskRefusal;

export type QueueOutcome = { outcome: 'queued' } | DiskRefusal;

export type DiscardOutcome = { outcome: 'discarded' } | { outcome: 'needed' } | DiskRefusal;

export type SendOutcome =
  | { outcome: 'sent'; sha256: string }
  /** A part of it is there now. */
  | { outcome: 'progress'; sha256: string }
  | { outcome: 'none-waiting' }
  | { outcome: 'offline' }
  | { outcome: 'refused'; sha256: string; code: string };

export interface BlobFiles {
  keep(bytes: Bytes): Promise<KeepOutcome>;
  /** From now on it is to go to the centre. */
  queue(sha256: string): Promise<QueueOutcome>;
  /**
   * In which life of its database the centre is. In another than the last one it may have lost what it had: each
   * file that was sent is asked for, and sent where it is missing.
   */
  centreIs(epoch: string): Promise<{ outcome: 'noted' } | DiskRefusal>;
  /** Takes a file off the disk that was never queued; one that was is needed. */
  discard(sha256: string): Promise<DiscardOutcome>;
  read(sha256: string): Promise<{ outcome: 'found'; bytes: Bytes } | { outcome: 'absent' | 'damaged' }>;
  /** `bytes`: what the centre has not. */
  waiting(): Promise<{ count: number; bytes: number }>;
  /** Sends a piece of the file of which least is left. */
  send(signal: AbortSignal): Promise<SendOutcome>;
  /** Seals by the newest key what an older one has sealed. */
  sealAnew(): Promise<void>;
}

/**
 * Sealed files by the SHA-256 of what they are: `ab/<sha256>`, with a mark `loose/<sha256>` until it is queued, then a mark
 * `waiting/<sha256>` until the centre has it.
 *
 * Kept and queued mean on the disk, mark included. A file that the centre has stays here.
 */
export async function openBlobFiles(folder: string, sealer: Sealer, uploader: Uploader): Promise<BlobFiles> {
  const loose = await openBlobMarks(join(folder, 'loose'));
  const waiting = await openBlobMarks(join(folder, 'waiting'));
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const { missing } = uploader;
  const again = await openAskAgain(folder, { loose, waiting, missing });
  const inOrder = createQueue();
  const sendInOrder = createQueue();
  // Those go last in the next round, so that one file the centre will not have holds up no other.
  const refused = new Set<string>();
  // Read and proved once, not again for every piece.
  let underWay: WholeFile | null = null;

  async function read(sha256: string) {
    try {
      const bytes = sealer.open(await readFile(pathOf(sha256)), sha256);
      return bytes !== null && sha256Of(bytes) === sha256
        ? { outcome: 'found' as const, bytes: new Uint8Array(bytes) }
        : { outcome: 'damaged' as const };
    } catch (error) {
      return { outcome: errorCodeOf(error) === 'ENOENT' ? ('absent' as const) : ('damaged' as const) };
    }
  }

  async function bytesLeft(sha256: string): Promise<number> {
    const size = (await stat(pathOf(sha256)).catch(() => null))?.size ?? 0;
    return Math.max(0, size - SEAL_BYTES - uploader.received(sha256));
  }

  /** Of two that have as much left the older. */
  async function nextToSend(): Promise<string | undefined> {
    if (waiting.all().every((it) => refused.has(it))) refused.clear();
    const left = await Promise.all(
      waiting
        .all()
        .filter((it) => !refused.has(it))
        .map(async (sha256) => ({ sha256, bytes: await bytesLeft(sha256) })),
    );
    return left.sort((a, b) => a.bytes - b.bytes)[0]?.sha256;
  }

  async function open(sha256: string): Promise<WholeFile | 'absent' | 'damaged'> {
    if (underWay?.sha256 === sha256) return underWay;
    const file = await read(sha256);
    return file.outcome === 'found' ? { sha256, bytes: file.bytes } : file.outcome;
  }

  async function settle(sha256: string): Promise<void> {
    await uploader.forget(sha256);
    await waiting.clear(sha256);
    refused.delete(sha256);
  }

  async function askNext(signal: AbortSignal): Promise<SendOutcome> {
    const asked = await again.step(signal);
    if (asked === 'offline') return { outcome: 'offline' };
    return { outcome: 'progress', sha256: '' };
  }

  async function write(sha256: string, bytes: Bytes): Promise<KeepOutcome> {
    const kept = { outcome: 'kept' as const, sha256, bytes: bytes.length };
    const found = await read(sha256);
    if (found.outcome === 'found') {
      // Who put it there may have been killed before its name was on the disk.
      await flushFolder(dirname(pathOf(sha256)));
      await flushFolder(folder);
      return kept;
    }
    // A damaged one may be of a case; the mark comes first, so that no other file is without one.
    if (found.outcome === 'absent' && !waiting.has(sha256)) {
      const marked = await loose.set(sha256);
      if (marked.outcome !== 'saved') return marked;
    }
    const written = await writeDurably(pathOf(sha256), sealer.seal(bytes, sha256));
    if (written.outcome !== 'saved') return written;
    await flushFolder(folder);
    return kept;
  }

  return {
    read,

    keep: (bytes) =>
      inOrder(async () => {
        if (bytes.length === 0) return { outcome: 'empty' };
        if (bytes.length > MAX_FILE_BYTES) return { outcome: 'too-large', maxBytes: MAX_FILE_BYTES };
        return write(sha256Of(bytes), bytes);
      }),

    queue: (sha256) =>
      inOrder(async () => {
        try {
          // In this order: with the power gone between the two, it can no more be discarded.
          await loose.clear(sha256);
          const marked = await waiting.set(sha256);
          return marked.outcome === 'saved' ? { outcome: 'queued' } : marked;
        } catch (error) {
          return toDiskRefusal(error);
        }
      }),

    centreIs: (epoch) =>
      sendInOrder(async () => {
        const noted = await again.centreIs(epoch);
        return noted.outcome === 'saved' ? { outcome: 'noted' } : noted;
      }),

    discard: (sha256) =>
      inOrder(async () => {
        if (!loose.has(sha256)) return { outcome: 'needed' };
        try {
          await rm(pathOf(sha256), { force: true });
          await loose.clear(sha256);
          return { outcome: 'discarded' };
        } catch (error) {
          return toDiskRefusal(error);
        }
      }),

    async waiting() {
      const sizes = await Promise.all(waiting.all().map(bytesLeft));
      return { count: sizes.length, bytes: sizes.reduce((sum, it) => sum + it, 0) };
    },

    async sealAnew() {
      for (const sha256 of await listFiles(folder))
        await inOrder(() => sealFileAnew(pathOf(sha256), sealer, sha256));
    },

    send: (signal) =>
      sendInOrder(async () => {
        const sha256 = await nextToSend();
        if (sha256 === undefined) return again.isDue() ? askNext(signal) : { outcome: 'none-waiting' };
        const file = await open(sha256);
        if (typeof file === 'string') {
          refused.add(sha256);
          return { outcome: 'refused', sha256, code: `file-${file}` };
        }
        const answer = await uploader.step(file, signal);
        underWay = answer.outcome === 'progress' ? file : null;
        if (answer.outcome === 'offline') return answer;
        if (answer.outcome === 'refused') refused.add(sha256);
        if (answer.outcome !== 'there') return { ...answer, sha256 };
        await settle(sha256);
        return { outcome: 'sent', sha256 };
      }),
  };
}

async function listFiles(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all
    .map((it) => basename(it))
    .filter((it, at) => SHA256.test(it) && dirname(all[at] ?? '') === it.slice(0, 2));
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
