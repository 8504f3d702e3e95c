import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { type CentralTrust, SYSTEM_TRUST, toTlsOptions } from './central-trust.ts';
import { ANSWER_GUARDS, type ForwardAnswer, ownAnswer } from './own-answer.ts';

export type ForwardAsk = {
  method: string;
  /** Path and query below the central server's address; only `/v1/…` is let through. */
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: AsyncIterable<Uint8Array> | null;
  signal: AbortSignal;
};

export type CentralForward = (ask: ForwardAsk) => Promise<ForwardAnswer>;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const ASK_HEADERS =
  /^(accept|content-type|content-encoding|content-length|if-none-match|range|tus-.+|upload-.+|darcha-.+)$/;
const ANSWER_HEADERS = /^(content-type|content-length|etag|retry-after|date|tus-.+|upload-.+|darcha-.+)$/;
/** Only what was made has a place; a window is sent nowhere. */
const CREATED_HEADERS = /^location$/;
/** A token that was not opened as it was sealed holds other bytes, and Node throws at them. */
const SENDABLE = /^[\x21-\x7e]+$/;
/** The answer to this one goes on for as long as there is a line. */
const LIVE_PATH = '/v1/poke';
/** By itself an agent asks an idle connection every second whether it is there: more bytes than a sync. */
const PROBE_MS = 60_000;
/** Ours, between window and station: never the centre's to hear or to say. */
const OWN_HEADERS = new Set(['darcha-session', 'darcha-station']);

/**
 * Sends a window's request on to the central server with this station's token, which no window ever has.
 *
 * Streams both ways. The answer arrives unpacked: a window's own scheme would not unpack it. Never rejects:
 * without a line it answers 502, with a token that no header can hold 401.
 */
export function createCentralForward(
  centralUrl: string,
  token: () => string | null,
  trust: CentralTrust = SYSTEM_TRUST,
): CentralForward {
  const base = new URL(centralUrl);
  const isSecure = base.protocol === 'https:';
  const send = isSecure ? httpsRequest : httpRequest;
  const Agent = isSecure ? HttpsAgent : HttpAgent;
  const tls = toTlsOptions(trust);
  // A thin line carries one thing after another best; the second is for what must not wait for a file.
  const agent = new Agent({ ...tls, keepAlive: true, keepAliveMsecs: PROBE_MS, maxSockets: 2 });
  // A channel that stays open is in nobody's way, and is not kept when it ends.
  const liveAgent = new Agent({ ...tls, keepAlive: false });

  return (ask) => {
    const url = toCentralUrl(base, ask.path);
    if (url === null || !METHODS.has(ask.method)) return Promise.resolve(ownAnswer(404, 'not-found'));
    const { signal } = ask;
    if (signal.aborted) return Promise.resolve(ownAnswer(502, 'unreachable'));
    const secret = token();
    if (secret !== null && !SENDABLE.test(secret)) return Promise.resolve(ownAnswer(401, 'unauthorised'));
    const headers = { ...pick(ask.headers, ASK_HEADERS), 'accept-encoding': 'br, gzip', ...bearer(secret) };
    return new Promise((resolve) => {
      const request = send(url, {
        method: ask.method,
        headers,
        agent: url.pathname.endsWith(LIVE_PATH) ? liveAgent : agent,
        signal,
      });
      request.on('error', () => resolve(ownAnswer(502, 'unreachable')));
      request.on('response', (response) => resolve(toAnswer(ask.method, response)));
      if (ask.body === null) request.end();
      else {
        const body = Readable.from(ask.body, { objectMode: false });
        body.on('error', () => request.destroy());
        request.on('close', () => body.destroy());
        body.pipe(request);
      }
    });
  };
}

/** `null` for everything that is not below `/v1/` once it is written out plainly. */
function toCentralUrl(base: URL, path: string): URL | null {
  if (!path.startsWith('/v1/') || /[\\]|%2e|%2f|%5c/i.test(path.split('?')[0] ?? '')) return null;
  const prefix = base.pathname.replace(/\/$/, '');
  const url = new URL(`${base.origin}${prefix}${path}`);
  return url.pathname.startsWith(`${prefix}/v1/`) ? url : null;
}

function bearer(token: string | null): { authorization?: string } {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

function pick(headers: Readonly<Record<string, unknown>>, allowed: RegExp): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name, value]) => typeof value === 'string' && allowed.test(name) && !OWN_HEADERS.has(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

function toAnswer(method: string, response: IncomingMessage): ForwardAnswer {
  const status = response.statusCode ?? 502;
  const place = status === 201 ? pick(response.headers, CREATED_HEADERS) : {};
  const headers = { ...pick(response.headers, ANSWER_HEADERS), ...place, ...ANSWER_GUARDS };
  const unpack = method === 'HEAD' ? null : unpackerOf(response.headers['content-encoding']);
  if (unpack === null) return { status, headers, body: whole(response) };
  delete headers['content-length' as keyof typeof headers];
  response.on('error', (error) => unpack.destroy(error));
  response.on('aborted', () => unpack.destroy(new Error('cut')));
  unpack.on('close', () => response.destroy());
  return { status, headers, body: whole(response.pipe(unpack)) };
}

function unpackerOf(encoding: string | undefined) {
  if (encoding === 'gzip') return createGunzip();
  return encoding === 'br' ? createBrotliDecompress() : null;
}

/** Listened to at once: an error before anybody reads is kept for the reader and is no crash. */
function whole(stream: Readable): AsyncIterable<Uint8Array> {
  stream.on('error', () => undefined);
  return stream;
}
