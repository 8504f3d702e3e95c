import { open } from 'node:fs/promises';
import { SEAL_BYTES, type Sealer } from './sealer.ts';

/** A stream that is sealed as it comes: for what is too long for one piece, and may break off. */
export type Frames = { path: string; sealer: Sealer; of: string };

const LENGTH_BYTES = 4;
/** Longer is no frame of ours but what a torn write left. */
const MOST_BYTES = 4 * 1024 * 1024;
const FRAME_BYTES = 64 * 1024;

/** Sealed bytes with their length before them, to be put behind so many others. */
export function encodeFrames({ sealer, of }: Frames, index: number, bytes: Uint8Array): Buffer[] {
  const frames: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += FRAME_BYTES) {
    const place = toPlace(of, index + frames.length);
    const sealed = sealer.seal(bytes.subarray(from, from + FRAME_BYTES), place);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(sealed.length);
    frames.push(Buffer.concat([length, sealed]));
  }
  return frames;
}

/** What the frames hold, up to the first that is not whole; `end` is where the file is good to. */
export async function* readFrames({
  path,
  sealer,
  of,
}: Frames): AsyncGenerator<{ bytes: Buffer; end: number }> {
  const file = await open(path, 'r');
  try {
    for (let [at, index] = [0, 0]; ; index += 1) {
      const head = await file.read(Buffer.alloc(LENGTH_BYTES), 0, LENGTH_BYTES, at);
      const length = head.bytesRead === LENGTH_BYTES ? head.buffer.readUInt32BE() : 0;
      if (length < SEAL_BYTES || length > MOST_BYTES) return;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at + LENGTH_BYTES);
      const bytes = bytesRead === length ? sealer.open(buffer, toPlace(of, index)) : null;
      if (bytes === null) return;
      at += LENGTH_BYTES + length;
      yield { bytes, end: at };
    }
  } finally {
    await file.close();
  }
}

/** How much is in the file: bytes as they came, frames, and where the last whole one ends. */
export async function measureFrames(frames: Frames): Promise<{ have: number; many: number; end: number }> {
  const found = { have: 0, many: 0, end: 0 };
  for await (const { bytes, end } of readFrames(frames)) {
    found.have += bytes.length;
    found.many += 1;
    found.end = end;
  }
  return found;
}

function toPlace(of: string, index: number): string {
  return `${of} ${index}`;
}
