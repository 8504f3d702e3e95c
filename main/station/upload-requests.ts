import { createHash } from 'node:crypto';
import type { CentralForward } from './central-forward.ts';
import { drain, type ForwardAnswer } from './own-answer.ts';

const PIECE_BYTES = 16 * 1024;
const HEADERS = { 'darcha-protocol': '1', 'tus-resumable': '1.0.0' };

export type Asked =
  /** `offset`: how much of the file the centre has. */
  | { outcome: 'at'; offset: number }
  | { outcome: 'created'; id: string; offset: number }
  /** No line, it fell silent, or something answered that is not our server. */
  | { outcome: 'offline' }
  | { outcome: 'status'; status: number };

type Ask = {
  method: 'POST' | 'HEAD' | 'PATCH';
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  patienceMs: number;
};

export type UploadRequests = {
  create(file: { sha256: string; bytes: number }, signal: AbortSignal): Promise<Asked>;
  offset(id: string, signal: AbortSignal): Promise<Asked>;
  /** Sends a chunk, which the centre takes only as a whole or as far as it came. */
  send(
    chunk: { id: string; from: number; bytes: Uint8Array; patienceMs: number },
    signal: AbortSignal,
  ): Promise<Asked>;
};

/**
 * The requests of tus 1.0, each answered by a value.
 *
 * Only an answer that speaks tus counts: a captive portal says 200 to everything.
 */
export function createUploadRequests(forward: CentralForward, silenceMs: number): UploadRequests {
  async function ask({ patienceMs, ...asked }: Ask, signal: AbortSignal): Promise<Asked> {
    const stall = createStall(signal, patienceMs);
    try {
      const { method, path } = asked;
      const body = asked.body === null ? null : inPieces(asked.body, stall.alive);
      const headers = { ...HEADERS, ...asked.headers };
      const answer = await forward({ method, path, headers, body, signal: stall.signal });
      await drain(answer);
      return toAsked(answer);
    } catch {
      return { outcome: 'offline' };
    } finally {
      stall.stop();
    }
  }

  return {
    create({ sha256, bytes }, signal) {
      const metadata = `sha256 ${Buffer.from(sha256).toString('base64')}`;
      const headers = {
        'upload-length': String(bytes),
        'upload-metadata': metadata,
        'content-length': '0',
      };
      return ask({ method: 'POST', path: '/v1/uploads', headers, body: null, patienceMs: silenceMs }, signal);
    },
    offset(id, signal) {
      const path = `/v1/uploads/${id}`;
      return ask({ method: 'HEAD', path, headers: {}, body: null, patienceMs: silenceMs }, signal);
    },
    send({ id, from, bytes, patienceMs }, signal) {
      const headers = {
        'content-type': 'application/offset+octet-stream',
        'content-length': String(bytes.length),
        'upload-offset': String(from),
        'upload-checksum': `sha256 ${createHash('sha256').update(bytes).digest('base64')}`,
      };
      return ask({ method: 'PATCH', path: `/v1/uploads/${id}`, headers, body: bytes, patienceMs }, signal);
    },
  };
}

function toAsked({ status, headers }: ForwardAnswer): Asked {
  if (headers['tus-resumable'] !== '1.0.0') {
    // Refusals that come before tus: who we are, what we speak, a server that cannot just now.
    return status < 400 || status === 404 || status === 502
      ? { outcome: 'offline' }
      : { outcome: 'status', status };
  }
  const header = headers['upload-offset'];
  const offset = Number(header ?? 0);
  if (status === 201) {
    const id = /(?:^|\/)([0-9a-f-]{36})$/.exec(headers.location ?? '')?.[1];
    return id === undefined ? { outcome: 'offline' } : { outcome: 'created', id, offset };
  }
  const isAt = (status === 200 || status === 204) && header !== undefined && Number.isInteger(offset);
  return isAt ? { outcome: 'at', offset } : { outcome: 'status', status };
}

async function* inPieces(bytes: Uint8Array, alive: () => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    alive();
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
  alive();
}

/** Aborts when nothing has moved for too long, or when the asker does. */
function createStall(signal: AbortSignal, ms: number): { signal: AbortSignal; alive(): void; stop(): void } {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), ms);
  timer.unref();
  return {
    signal: AbortSignal.any([signal, stalled.signal]),
    alive: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
