import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CENTRAL_PATH } from '#contract/station-contract';
import type { CentralForward } from '#station/central-forward';
import { findPageFile, pageHeaders } from '#station/page-files';
import type { Log } from '#station/shell';
import { guardRequest, HOST_NAME } from './guard.ts';
import { isOwnUser } from './peer-user.ts';
import type { Tokens } from './tokens.ts';

const BOOT_BODY_BYTES = 1_000;
const NO_STORE = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

export type HttpOptions = {
  /** Asked per request, as the port is only known once the server listens. */
  port: () => number;
  pages: string;
  tokens: Tokens;
  forward: CentralForward;
  /** A WebSocket asks to come in; everything about its request was checked but its session. */
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  log: Log;
};

type SessionRequest = { boot: string; claim: string };

/** The loopback server of the browser shell, not yet listening. */
export function createHttp(options: HttpOptions): Server {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      // The window broke off, or the centre did: it sees its own request fail.
      if (!response.headersSent && !isCut(error)) options.log('error', 'http', { name: String(error) });
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const refusal = guardRequest(request.headers, options.port());
    const isOurs = request.url === '/wire' && request.headers.origin !== undefined;
    if (refusal === null && isOurs) options.onUpgrade(request, socket, head);
    else socket.end(`HTTP/1.1 ${refusal ?? 403} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  // A slow line may take minutes for a body on its way to the centre.
  server.requestTimeout = 0;
  return server;
}

async function answer(
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = guardRequest(request.headers, options.port());
  if (refusal !== null) return refuse(response, refusal);
  const target = request.url ?? '/';
  const path = target.split(/[?#]/, 1)[0] ?? '/';
  if (path === '/session') return openSession(options, request, response);
  if (path.startsWith(`${CENTRAL_PATH}/`)) return forwardToCentral(options, request, response, target);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  return sendPageFile(options, request, response, path);
}

async function openSession(
  { tokens, log }: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return refuse(response, 405);
  if (request.headers['content-type'] !== 'application/json') return refuse(response, 415);
  if (!(await isOwnUser(request.socket))) {
    log('error', 'boot-token-shown-by-another-user');
    return refuse(response, 403);
  }
  const asked = await readSessionRequest(request);
  if (asked === null) return refuse(response, 400);
  const taken = tokens.takeBootToken(asked.boot, asked.claim);
  // A second taker has read our command line or our log: somebody should look.
  if (taken.outcome === 'used') log('error', 'boot-token-used-twice');
  if (taken.outcome !== 'session') return refuse(response, 401);
  response.writeHead(200, { ...NO_STORE, 'content-type': 'application/json' });
  response.end(JSON.stringify({ session: taken.session }));
}

async function readSessionRequest(request: IncomingMessage): Promise<SessionRequest | null> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BOOT_BODY_BYTES) return null;
  }
  try {
    const { boot, claim } = JSON.parse(text) as Partial<Record<string, unknown>>;
    return typeof boot === 'string' && typeof claim === 'string' && claim !== '' ? { boot, claim } : null;
  } catch {
    return null;
  }
}

async function forwardToCentral(
  { tokens, forward }: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
): Promise<void> {
  const session = request.headers['darcha-session'];
  if (typeof session !== 'string' || !tokens.isSession(session)) return refuse(response, 401);
  const broken = new AbortController();
  response.on('close', () => broken.abort());
  const { method = 'GET' } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, it]) => [name, toText(it)]));
  const path = target.slice(CENTRAL_PATH.length);
  const it = await forward({ method, path, headers, body: hasBody ? request : null, signal: broken.signal });
  response.writeHead(it.status, it.headers);
  await pipeline(Readable.from(it.body, { objectMode: false }), response);
}

async function sendPageFile(
  { pages, port }: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const file = await findPageFile(pages, path);
  if (file.outcome !== 'found') return refuse(response, file.outcome === 'absent' ? 404 : 403);
  response.writeHead(200, {
    ...pageHeaders([`ws://${HOST_NAME}:${port()}`]),
    'content-type': file.type,
    'content-length': file.bytes.length,
    'cache-control': file.cache,
  });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...NO_STORE, 'content-type': 'text/plain', connection: 'close' });
  response.end(`${status}\n`);
}

function toText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

function isCut(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
