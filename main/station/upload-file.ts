import type { UploadOutcome } from './blob-files.ts';
import type { CentralForward, ForwardAnswer } from './central-forward.ts';

const PIECE_BYTES = 16 * 1024;
/** Longer than a send buffer takes to empty at 64 kbit/s. */
const STALL_MS = 5 * 60_000;
const PROTOCOL = { 'darcha-protocol': '1' };

const CODE_OF: Record<number, string> = {
  400: 'bad-request',
  401: 'unauthorised',
  403: 'device-revoked',
  413: 'too-large',
  422: 'unreadable',
  426: 'update-needed',
  429: 'too-many',
  500: 'internal',
  503: 'unavailable',
  507: 'unavailable',
};

/**
 * Asks for a file by its name, and sends it where the centre does not have it.
 *
 * Only an answer that names the file's own size or hash counts: a captive portal says 200 to everything.
 */
export async function uploadFile(
  forward: CentralForward,
  file: { sha256: string; bytes: Uint8Array<ArrayBuffer> },
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const path = `/v1/files/${file.sha256}`;
  const stall = createStall(signal);
  try {
    const found = await forward({
      method: 'HEAD',
      path,
      headers: PROTOCOL,
      body: null,
      signal: stall.signal,
    });
    await readText(found);
    if (found.status === 200) {
      const isIt = found.headers['content-length'] === String(file.bytes.length);
      return isIt ? { outcome: 'there' } : { outcome: 'offline' };
    }
    if (found.status !== 404) return toRefusal(found.status);

    const headers = {
      ...PROTOCOL,
      'content-type': 'application/octet-stream',
      'content-length': String(file.bytes.length),
    };
    const body = inPieces(file.bytes, stall.alive);
    const put = await forward({ method: 'PUT', path, headers, body, signal: stall.signal });
    const text = await readText(put);
    if (put.status !== 200 && put.status !== 201) return toRefusal(put.status);
    return names(text, file.sha256) ? { outcome: 'there' } : { outcome: 'offline' };
  } catch {
    // An answer that was cut off says nothing: the file is asked for again.
    return { outcome: 'offline' };
  } finally {
    stall.stop();
  }
}

/** What is no word of the centre's, a proxy's `502` or our own without a line, says nothing about the file. */
function toRefusal(status: number): UploadOutcome {
  const code = CODE_OF[status];
  return code === undefined ? { outcome: 'offline' } : { outcome: 'refused', code };
}

function names(text: string, sha256: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && 'sha256' in answer && answer.sha256 === sha256;
  } catch {
    return false;
  }
}

async function* inPieces(bytes: Uint8Array, alive: () => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    alive();
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
  alive();
}

async function readText(answer: ForwardAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Aborts when nothing has moved for too long, or when the asker does. */
function createStall(signal: AbortSignal): { signal: AbortSignal; alive(): void; stop(): void } {
  const stalled = new AbortController();
  const abort = () => stalled.abort();
  const timer = setTimeout(abort, STALL_MS);
  timer.unref();
  return {
    signal: AbortSignal.any([signal, stalled.signal]),
    alive: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
