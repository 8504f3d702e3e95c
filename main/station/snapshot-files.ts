import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createBrotliDecompress } from 'node:zlib';
import type { CentralForward, ForwardAsk } from './central-forward.ts';
import { flushFolder } from './durable-file.ts';
import { ANSWER_GUARDS, type ForwardAnswer } from './own-answer.ts';
import { encodeFrames, type Frames, measureFrames, readFrames } from './sealed-frames.ts';
import type { Sealer } from './sealer.ts';

/** `/v1/snapshots/{collection}/{sha256}`. */
const PATH = /^\/v1\/snapshots\/([a-z]{1,20})\/([0-9a-f]{64})$/;
/** A window hears how far it is before it would take us for dead. */
const ANSWER_WITHIN_MS = 3_000;
const STALL_MS = 15_000;
/** Within the time after which a line is silent. */
const LOOKS = 5;
/** So much of what came may be lost with the power. */
const FLUSH_BYTES = 262_144;

type Name = { path: string; collection: string; sha256: string };
type Loaded =
  | { outcome: 'here' }
  | { outcome: 'offline' }
  /** What was loaded is not what was asked for; it is begun anew. */
  | { outcome: 'damaged' }
  | { outcome: 'refused'; answer: ForwardAnswer }
  | { outcome: 'disk-failed' };

export type SnapshotFiles = { forward: CentralForward; close(): void };

/**
 * Loads what the centre has packed onto the disk, going on where it broke off, also after a restart of the station;
 * and gives it to the window unpacked, once it is proved by its hash.
 *
 * It lies there sealed. The window asks for it as for all that is the centre's. While it is on its way it is told how far; when it has the
 * rows it says DELETE.
 */
export function openSnapshotFiles(
  forward: CentralForward,
  folder: string,
  sealer: Sealer,
  { stallMs = STALL_MS, sleep = sleepReally }: { stallMs?: number; sleep?: Sleep } = {},
): SnapshotFiles {
  const loading = new Map<string, { done: Promise<Loaded>; progress: { have: number } }>();
  const life = new AbortController();

  function load(name: Name, ask: ForwardAsk) {
    const key = toKey(name);
    const running = loading.get(key);
    if (running !== undefined) return running;
    const progress = { have: 0 };
    const parts = { forward, folder, sealer, stallMs, sleep, life: life.signal };
    const done = download(parts, name, ask, progress)
      .catch((): Loaded => ({ outcome: 'disk-failed' }))
      .finally(() => loading.delete(key));
    const it = { done, progress };
    loading.set(key, it);
    return it;
  }

  async function answer(name: Name, ask: ForwardAsk): Promise<ForwardAnswer> {
    const path = join(folder, toKey(name));
    const { done, progress } = load(name, ask);
    const isAnswered = new AbortController();
    const late = sleep(ANSWER_WITHIN_MS, isAnswered.signal).then(() => null);
    const loaded = await Promise.race([done, late]);
    isAnswered.abort();
    switch (loaded?.outcome) {
      case undefined:
        return toOwn(202, { have: progress.have });
      case 'here':
        return toLines({ path, sealer, of: toKey(name) });
      case 'refused':
        return loaded.answer;
      case 'disk-failed':
        return toOwn(503, { error: 'unavailable', detail: 'the disk of the station' });
      default:
        return toOwn(502, { error: 'unreachable' }, { 'darcha-station': 'unreachable' });
    }
  }

  return {
    forward(ask) {
      const name = toName(ask.path);
      if (name === null) return forward(ask);
      if (ask.method === 'GET') return answer(name, ask);
      if (ask.method !== 'DELETE') return forward(ask);
      return drop(folder, name.collection, null).then(() => toOwn(200, {}));
    },
    close: () => life.abort(),
  };
}

type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;
type Parts = {
  forward: CentralForward;
  folder: string;
  sealer: Sealer;
  stallMs: number;
  sleep: Sleep;
  life: AbortSignal;
};

async function download(
  { forward, folder, sealer, stallMs, sleep, life }: Parts,
  name: Name,
  ask: ForwardAsk,
  progress: { have: number },
): Promise<Loaded> {
  const path = join(folder, toKey(name));
  if ((await sizeOf(path)) !== null) return { outcome: 'here' };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await drop(folder, name.collection, name.sha256);
  const part: Frames = { path: `${path}.part`, sealer, of: toKey(name) };
  const found = await findPart(part);
  const { have } = found;
  const silence = startSilence(stallMs, sleep, life);
  try {
    const headers = { ...ask.headers, ...(have > 0 ? { range: `bytes=${have}-` } : {}) };
    const answer = await forward({ ...ask, headers, body: null, signal: silence.signal });
    // Behind the end: all of it is here already, or it is not this file.
    const isEnd = answer.status === 416;
    if (!isEnd && answer.status !== 200 && answer.status !== 206) return toFailure(answer);
    const whole = isEnd || (await take(part, answer, { found, progress, silence }));
    if (!whole) return { outcome: 'offline' };
    return await prove(part, path, name.sha256);
  } finally {
    silence.end();
  }
}

function toFailure(answer: ForwardAnswer): Loaded {
  const isOffline = answer.headers['darcha-station'] === 'unreachable';
  return isOffline ? { outcome: 'offline' } : { outcome: 'refused', answer };
}

type Silence = { signal: AbortSignal; heard(): void; end(): void };

type Found = { have: number; many: number; end: number };

/** What of it is whole here: a cut or a loss of power may have left half a frame behind it. */
async function findPart(part: Frames): Promise<Found> {
  return (await sizeOf(part.path)) === null ? { have: 0, many: 0, end: 0 } : measureFrames(part);
}

/** Whether it came to its end; what came before a cut stays. */
async function take(
  part: Frames,
  answer: ForwardAnswer,
  { found, progress, silence }: { found: Found; progress: { have: number }; silence: Silence },
): Promise<boolean> {
  const { have, many, end } = answer.status === 200 ? { have: 0, many: 0, end: 0 } : found;
  const file = await open(part.path, 'a', 0o600);
  try {
    await file.truncate(end);
    progress.have = have;
    return await append({ file, part, many }, answer.body, (bytes) => {
      silence.heard();
      progress.have += bytes;
    });
  } finally {
    await file.sync().finally(() => file.close());
  }
}

async function append(
  { file, part, many }: { file: FileHandle; part: Frames; many: number },
  body: AsyncIterable<Uint8Array>,
  heard: (bytes: number) => void,
): Promise<boolean> {
  const source = body[Symbol.asyncIterator]();
  for (let [unflushed, index] = [0, many]; ; ) {
    const piece = await source.next().catch(() => null);
    if (piece === null) return false;
    if (piece.done === true) return true;
    heard(piece.value.length);
    const frames = encodeFrames(part, index, piece.value);
    index += frames.length;
    await file.appendFile(Buffer.concat(frames));
    unflushed += piece.value.length;
    if (unflushed < FLUSH_BYTES) continue;
    await file.datasync();
    unflushed = 0;
  }
}

async function prove(part: Frames, path: string, sha256: string): Promise<Loaded> {
  const hash = createHash('sha256');
  for await (const { bytes } of readFrames(part)) hash.update(bytes);
  if (hash.digest('hex') !== sha256) {
    await rm(part.path, { force: true });
    return { outcome: 'damaged' };
  }
  await rename(part.path, path);
  await flushFolder(dirname(path));
  return { outcome: 'here' };
}

/** Removes what is of a collection, but for one. */
async function drop(folder: string, collection: string, kept: string | null): Promise<void> {
  const there = await readdir(folder).catch(() => []);
  const old = there.filter((it) => it.startsWith(`${collection}-`) && (kept === null || !it.includes(kept)));
  for (const it of old) await rm(join(folder, it), { force: true });
}

function toLines(frames: Frames): ForwardAnswer {
  const { path } = frames;
  const unpack = createBrotliDecompress();
  const bytes = Readable.from(bytesOf(frames), { objectMode: false });
  bytes.on('error', (error) => unpack.destroy(error));
  unpack.on('close', () => bytes.destroy());
  // A disk that altered it: it is loaded again.
  unpack.on('error', () => void rm(path, { force: true }).catch(() => undefined));
  return {
    status: 200,
    headers: { ...ANSWER_GUARDS, 'content-type': 'application/x-ndjson' },
    body: bytes.pipe(unpack),
  };
}

async function* bytesOf(frames: Frames): AsyncGenerator<Buffer> {
  for await (const { bytes } of readFrames(frames)) yield bytes;
}

function toOwn(status: number, body: object, headers: Record<string, string> = {}): ForwardAnswer {
  return {
    status,
    headers: { ...ANSWER_GUARDS, 'content-type': 'application/json', ...headers },
    body: Readable.from([Buffer.from(JSON.stringify(body))]),
  };
}

function startSilence(ms: number, sleep: Sleep, life: AbortSignal): Silence {
  const controller = new AbortController();
  const end = (): void => controller.abort();
  life.addEventListener('abort', end, { once: true });
  const over = new AbortController();
  let silent = 0;
  void (async () => {
    for (; silent < LOOKS && !over.signal.aborted; silent += 1) await sleep(ms / LOOKS, over.signal);
    if (!over.signal.aborted) end();
  })();
  return {
    signal: controller.signal,
    heard() {
      silent = 0;
    },
    end() {
      over.abort();
      life.removeEventListener('abort', end);
    },
  };
}

function toName(path: string): Name | null {
  const [, collection, sha256] = PATH.exec(path) ?? [];
  return collection === undefined || sha256 === undefined ? null : { path, collection, sha256 };
}

function toKey({ collection, sha256 }: Name): string {
  return `${collection}-${sha256}`;
}

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.size ?? null;
}

function sleepReally(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
