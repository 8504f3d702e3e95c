import { protocol, type Session } from 'electron';
import { CENTRAL_PATH } from '#contract/station-contract';
import type { CentralForward } from '#station/central-forward';
import { findPageFile, pageHeaders } from '#station/page-files';

const SCHEME = 'app';
const HOST = 'darcha';
/** Fixed for ever: the window's database belongs to it. */
export const ORIGIN = `${SCHEME}://${HOST}`;

/** Before the app is ready. Never `corsEnabled`: it would let other origins read. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Compared part by part: Node gives every `app:` address the origin "null". */
export function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: scheme, host } = new URL(url);
  return scheme === `${SCHEME}:` && host === HOST;
}

/** Serves the screens, and passes requests below `/central` on with the station's token. */
export function serveScheme(session: Session, options: { pages: string; forward: CentralForward }): void {
  session.protocol.handle(SCHEME, async (request) => {
    const origin = request.headers.get('origin');
    if (!isOurs(request.url) || (origin !== null && !isOurs(`${origin}/`))) return refuse(403);
    const url = new URL(request.url);
    if (url.pathname.startsWith(`${CENTRAL_PATH}/`)) return forwardToCentral(options.forward, request, url);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const file = await findPageFile(options.pages, url.pathname);
    if (file.outcome !== 'found') return refuse(file.outcome === 'absent' ? 404 : 403);
    const headers = { ...pageHeaders(), 'content-type': file.type, 'cache-control': file.cache };
    return new Response(request.method === 'HEAD' ? null : file.bytes, { headers });
  });
}

async function forwardToCentral(forward: CentralForward, request: Request, url: URL): Promise<Response> {
  const { status, headers, body } = await forward({
    method: request.method,
    path: url.pathname.slice(CENTRAL_PATH.length) + url.search,
    headers: Object.fromEntries(request.headers),
    body: request.body as AsyncIterable<Uint8Array> | null,
    signal: request.signal,
  });
  const isEmpty = request.method === 'HEAD' || status === 204 || status === 304;
  return new Response(isEmpty ? null : toStream(body), { status, headers });
}

/** Pulled as it is read; cancelling breaks off the centre's answer. */
function toStream(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function refuse(status: number): Response {
  return new Response(`${status}\n`, {
    status,
    headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
  });
}
