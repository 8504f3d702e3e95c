import { type ByteStore, toFilePath } from './byte-store.ts';
import type { Bucket } from './s3-bucket.ts';

/** What has come is put into the bucket at least so often: a server that is killed loses no more than this. */
const PUT_EVERY_MS = 2_000;
/** And whenever so much is held in memory. */
const MOST_HELD = 1024 * 1024;

type Piece = { key: string; from: number; to: number };

/**
 * Files in a bucket, `files/<centre>/ab/<sha256>`, and what is on its way in pieces `uploads/<id>/<offset>`.
 *
 * A piece is put whole or not at all and any server finds it, so the servers of one database need no folder in common.
 */
export function openByteBucket(bucket: Bucket): ByteStore {
  const nameOf = (uploadId: string): string => `uploads/${uploadId}/`;
  const keyOf = (uploadId: string, from: number): string =>
    `${nameOf(uploadId)}${String(from).padStart(12, '0')}`;

  async function listPieces(uploadId: string): Promise<Piece[]> {
    const listed = await bucket.list(nameOf(uploadId));
    return listed.map(({ key, bytes }) => {
      const from = Number(key.slice(nameOf(uploadId).length));
      return { key, from, to: from + bytes };
    });
  }

  async function cut(uploadId: string, to: number): Promise<void> {
    for (const it of await listPieces(uploadId)) {
      if (it.from >= to) await bucket.remove(it.key);
      else if (it.to > to) await bucket.put(it.key, await readAll(bucket.get(it.key, 0, to - it.from)));
    }
  }

  async function* readPart(uploadId: string, from: number, to: number): AsyncIterable<Uint8Array> {
    let at = from;
    for (const it of toRow(await listPieces(uploadId))) {
      if (it.to <= at || at >= to) continue;
      const end = Math.min(it.to, to);
      yield* bucket.get(it.key, at - it.from, end - it.from);
      at = end;
    }
  }

  async function dropPart(uploadId: string): Promise<void> {
    // From the last one on: what is left by a cut is a shorter part, and no other one.
    for (const it of (await listPieces(uploadId)).reverse()) await bucket.remove(it.key);
  }

  return {
    partSize: async (uploadId) => toRow(await listPieces(uploadId)).at(-1)?.to ?? 0,
    async append(uploadId, from, source) {
      await cut(uploadId, from);
      let at = from;
      await inPieces(source, async (piece) => {
        await bucket.put(keyOf(uploadId, at), piece);
        at += piece.length;
      });
    },
    readPart,
    cutPart: cut,
    dropPart,
    async keep(uploadId, key) {
      await bucket.put(toFilePath(key), await readAll(readPart(uploadId, 0, Number.POSITIVE_INFINITY)));
      await dropPart(uploadId);
    },
    fileSize: (key) => bucket.size(toFilePath(key)),
    readFile: (key, from, to) => bucket.get(toFilePath(key), from, to),
    dropFile: (key) => bucket.remove(toFilePath(key)),
  };
}

/** Those that follow each other from the start on without a gap. */
function toRow(pieces: readonly Piece[]): Piece[] {
  const row: Piece[] = [];
  let at = 0;
  for (const it of pieces) {
    if (it.from > at) break;
    if (it.to > at) row.push(it);
    at = Math.max(at, it.to);
  }
  return row;
}

/** Hands on what comes in pieces of some seconds, and what had come when the source broke. */
async function inPieces(
  source: AsyncIterable<Uint8Array>,
  put: (piece: Uint8Array) => Promise<void>,
): Promise<void> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  let heldSince = 0;
  const putHeld = async (): Promise<void> => {
    if (bytes === 0) return;
    await put(Buffer.concat(held));
    [held, bytes] = [[], 0];
  };
  try {
    for await (const some of source) {
      if (bytes === 0) heldSince = Date.now();
      held.push(some);
      bytes += some.length;
      if (bytes >= MOST_HELD || Date.now() - heldSince >= PUT_EVERY_MS) await putHeld();
    }
  } finally {
    await putHeld();
  }
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const some of source) all.push(some);
  return Buffer.concat(all);
}
