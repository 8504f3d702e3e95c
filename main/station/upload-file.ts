import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { askMissing, type MissingOutcome } from './ask-missing.ts';
import type { CentralForward } from './central-forward.ts';
import { readJsonFile, writeDurably } from './durable-file.ts';
import { createUploadPace, type UploadPace } from './upload-pace.ts';
import { type Asked, createUploadRequests, type UploadRequests } from './upload-requests.ts';

/** What became of one file at the centre. `progress`: a part of it is there, or it is to be begun again. */
export type UploadOutcome =
  | { outcome: 'there' }
  | { outcome: 'progress' }
  | { outcome: 'offline' }
  | { outcome: 'refused'; code: string };

export type Uploader = {
  /** Sends one chunk, so that whoever asks can send something more urgent before the next. */
  step(file: WholeFile, signal: AbortSignal): Promise<UploadOutcome>;
  /** Which of these the centre has not. */
  missing(sha256: readonly string[], signal: AbortSignal): Promise<MissingOutcome>;
  /** How much of a file the centre has, as far as is known without asking. */
  received(sha256: string): number;
  /** The file is there: what was kept of its way goes. */
  forget(sha256: string): Promise<void>;
};

export type WholeFile = { sha256: string; bytes: Uint8Array };

/** `offset` is `null` where the centre has to be asked: after a start, a cut, an answer that was no success. */
type Upload = { id: string; offset: number | null };

const SILENCE_MS = 30_000;
/** How much longer than others a last chunk may be. */
const REST = 1.25;

const CODE_OF: Record<number, string> = {
  400: 'bad-request',
  401: 'unauthorised',
  403: 'device-revoked',
  413: 'too-large',
  422: 'unreadable',
  426: 'update-needed',
  429: 'too-many',
  460: 'unreadable',
  500: 'internal',
  503: 'unavailable',
  507: 'unavailable',
};
/** The upload is not there any more: expired, or of another centre. */
const GONE = new Set([404, 410]);
/** The centre says where it is when it is asked. */
const ELSEWHERE = new Set([409, 423]);

/**
 * Sends files by tus, a chunk a step. The name of an upload under way is in a file of `folder`, so that it goes on
 * after a start of this computer where it was.
 */
export async function openUploader(
  forward: CentralForward,
  folder: string,
  { silenceMs = SILENCE_MS, pace = createUploadPace() }: { silenceMs?: number; pace?: UploadPace } = {},
): Promise<Uploader> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const requests = createUploadRequests(forward, silenceMs);
  const uploads = new Map<string, Upload>();
  /** Chunks in a row that arrived as something else. */
  const mangled = new Map<string, number>();

  async function forget(sha256: string): Promise<void> {
    uploads.delete(sha256);
    mangled.delete(sha256);
    await rm(join(folder, sha256), { force: true });
  }

  async function findUpload(sha256: string): Promise<Upload | null> {
    const known = uploads.get(sha256);
    if (known !== undefined) return known;
    const read = await readJsonFile(join(folder, sha256));
    const id = read.outcome === 'read' ? (read.value as { id?: unknown } | null)?.id : null;
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return null;
    uploads.set(sha256, { id, offset: null });
    return uploads.get(sha256) ?? null;
  }

  async function begin({ sha256, bytes }: WholeFile, signal: AbortSignal): Promise<Upload | UploadOutcome> {
    const asked = await requests.create({ sha256, bytes: bytes.length }, signal);
    if (asked.outcome !== 'created') return toOutcome(asked);
    const upload: Upload = { id: asked.id, offset: asked.offset };
    uploads.set(sha256, upload);
    // A disk that does not take it costs a second sending after a start, no more.
    await writeDurably(join(folder, sha256), JSON.stringify({ id: upload.id }));
    return upload;
  }

  /** An answer that is no success says where we are, or that we begin again, or ends this try. */
  async function takeRefusal(sha256: string, asked: Asked): Promise<UploadOutcome> {
    if (asked.outcome !== 'status') return { outcome: 'offline' };
    const upload = uploads.get(sha256);
    if (upload !== undefined) upload.offset = null;
    if (GONE.has(asked.status)) {
      await forget(sha256);
      return { outcome: 'progress' };
    }
    if (asked.status === 422) await forget(sha256);
    if (asked.status === 460) {
      mangled.set(sha256, (mangled.get(sha256) ?? 0) + 1);
      if (mangled.get(sha256) === 1) return { outcome: 'progress' };
      mangled.delete(sha256);
    }
    return toOutcome(asked);
  }

  async function sendChunk(file: WholeFile, upload: Upload, from: number, signal: AbortSignal) {
    const size = pace.chunkBytes();
    const left = file.bytes.length - from;
    // A little that would be left costs a way there and back of its own.
    const chunk = file.bytes.subarray(from, from + (left < size * REST ? left : size));
    const began = performance.now();
    const patienceMs = pace.patienceMs(chunk.length);
    const asked = await requests.send({ id: upload.id, from, bytes: chunk, patienceMs }, signal);
    if (asked.outcome === 'at' && asked.offset > from) {
      pace.took(asked.offset - from, performance.now() - began);
      mangled.delete(file.sha256);
      return at(file, upload, asked.offset);
    }
    upload.offset = null;
    if (asked.outcome === 'status') return takeRefusal(file.sha256, asked);
    const outcome = signal.aborted
      ? ({ outcome: 'offline' } as const)
      : await askAgain(requests, file, upload, from, signal);
    // What came of it stays: a cut alone does not make smaller chunks better.
    if (outcome.outcome === 'offline') pace.broke();
    return outcome;
  }

  return {
    forget,
    missing: (sha256, signal) => askMissing(forward, sha256, signal),
    received: (sha256) => uploads.get(sha256)?.offset ?? 0,
    async step(file, signal) {
      const upload = (await findUpload(file.sha256)) ?? (await begin(file, signal));
      if ('outcome' in upload) return upload;
      if (upload.offset === null) {
        const asked = await requests.offset(upload.id, signal);
        if (asked.outcome !== 'at') return takeRefusal(file.sha256, asked);
        upload.offset = asked.offset;
      }
      if (upload.offset >= file.bytes.length) return at(file, upload, upload.offset);
      return sendChunk(file, upload, upload.offset, signal);
    },
  };
}

function at(file: WholeFile, upload: Upload, offset: number): UploadOutcome {
  upload.offset = offset;
  if (offset > file.bytes.length) return { outcome: 'offline' };
  return { outcome: offset === file.bytes.length ? 'there' : 'progress' };
}

/** The line broke within a chunk: what came of it is there and goes on from there, if there is a line again. */
async function askAgain(
  requests: UploadRequests,
  file: WholeFile,
  upload: Upload,
  from: number,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const asked = await requests.offset(upload.id, signal);
  if (asked.outcome !== 'at') return { outcome: 'offline' };
  const outcome = at(file, upload, asked.offset);
  return asked.offset > from ? outcome : { outcome: 'offline' };
}

/** What is no word of the centre's, a proxy's `502` or our own without a line, says nothing about the file. */
function toOutcome(asked: Asked): UploadOutcome {
  if (asked.outcome !== 'status' || ELSEWHERE.has(asked.status)) return { outcome: 'offline' };
  const code = CODE_OF[asked.status];
  return code === undefined ? { outcome: 'offline' } : { outcome: 'refused', code };
}
