import { randomUUID } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorAnswer, ErrorCode } from '#protocol/error';
import { deviceOf } from '../auth/guard.ts';
import { type Context, LIMITS } from '../context.ts';
import { refuse } from '../refuse.ts';
import { createLeaseLockers, type LeaseLockers } from '../store/lease-locker.ts';
import { readChecksum } from './read-checksum.ts';
import { type TusRefusal, UploadStore } from './upload-store.ts';

export const UPLOADS_PATH = '/v1/uploads';
const SHA256 = /^[0-9a-f]{64}$/;
const EXPIRE_EVERY_MS = 6 * 60 * 60_000;
/** How long a request that another one waits for may go on taking what has come. */
const DRAIN_MS = 300;

const CODE_OF: Record<number, ErrorCode> = {
  404: 'not-found',
  409: 'gap',
  410: 'not-found',
  413: 'too-large',
  422: 'unreadable',
  423: 'unavailable',
  460: 'unreadable',
};

/** Headers of `@tus/server` that are for a desk; the others are for pages of other origins, and none may ask. */
const ANSWERED = /^(tus-|upload-|location$|cache-control$|connection$)/;

/**
 * Resumable uploads by tus 1.0: `OPTIONS|POST /v1/uploads`, `HEAD|PATCH|DELETE /v1/uploads/{id}`.
 *
 * Metadata is the file's SHA-256 and nothing else. A chunk with `Upload-Checksum` is proved when its last byte is
 * here, also where it came in several pieces because the line was cut.
 */
export async function addUploadRoutes(server: FastifyInstance, context: Context): Promise<void> {
  const { files, sql, now } = context;
  const lockers = createLeaseLockers(sql);
  const handler = (request: FastifyRequest, reply: FastifyReply) => answer(context, lockers, request, reply);
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async (request: FastifyRequest) => request.taken);
    const bodyLimit = LIMITS.fileBytes;
    scope.route({ method: ['OPTIONS', 'POST'], url: UPLOADS_PATH, bodyLimit, handler });
    scope.route({ method: ['HEAD', 'PATCH', 'DELETE'], url: `${UPLOADS_PATH}/:id`, bodyLimit, handler });
  });
  const timer = setInterval(() => void files.uploads.removeExpired(now()).catch(() => 0), EXPIRE_EVERY_MS);
  timer.unref();
  server.addHook('onClose', async () => clearInterval(timer));
}

async function answer(
  { files, now }: Context,
  lockers: LeaseLockers,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { centreId } = deviceOf(request);
  const checksum = readChecksum(request.headers);
  if (checksum.outcome === 'unreadable') return refuse(reply, 'bad-request', { detail: checksum.detail });
  let knownBytes: number | null = null;
  const store = new UploadStore({
    centreId,
    chunk: checksum.chunk,
    uploads: files.uploads,
    now,
    known: (bytes) => {
      knownBytes = bytes;
    },
  });
  const tus = new Server({
    path: UPLOADS_PATH,
    datastore: store,
    locker: lockers(centreId),
    maxSize: LIMITS.fileBytes,
    lockDrainTimeout: DRAIN_MS,
    namingFunction: () => randomUUID(),
    // Relative, so that a server may lie below a path.
    generateUrl: (_request, { id }) => `uploads/${id}`,
    onUploadCreate: async (_request, { size = 0, metadata = {} }) => {
      const isPlain = Object.keys(metadata).every((it) => it === 'sha256');
      if (isPlain && size > 0 && SHA256.test(metadata.sha256 ?? '')) return {};
      throw { status_code: 400, body: 'the metadata is to be sha256 alone, of at least one byte' };
    },
    onResponseError: (_request, error) => toAnswered(error),
  });
  const answered = await tus.handleWeb(toWebRequest(request));
  return reply.send(await toReply(reply, answered, knownBytes));
}

/** What is no refusal is an error of ours, and Fastify's to answer. */
function toAnswered(error: Error | TusRefusal): TusRefusal {
  if (!('status_code' in error)) throw error;
  const { status_code, body } = error;
  return { status_code, body: JSON.stringify(toRefusal(status_code, body)) };
}

async function toReply(
  reply: FastifyReply,
  answered: Response,
  knownBytes: number | null,
): Promise<string | undefined> {
  reply.code(answered.status);
  for (const [name, value] of answered.headers) if (ANSWERED.test(name)) reply.header(name, value);
  if (reply.request.method === 'OPTIONS') reply.header('tus-checksum-algorithm', 'sha256');
  if (knownBytes !== null) reply.header('upload-offset', knownBytes);
  // Without it Node's client takes the answer for one that ends with its connection, and opens another.
  if (reply.request.method === 'HEAD') reply.header('content-length', 0);
  const body = await answered.text();
  if (body === '' || reply.request.method === 'HEAD') return undefined;
  if (!body.startsWith('{') && answered.status < 400) return body;
  reply.type('application/json');
  // What the library refuses by itself, it says in plain words.
  return body.startsWith('{') ? body : JSON.stringify(toRefusal(answered.status, body));
}

function toRefusal(status: number, words: string): ErrorAnswer {
  return { error: CODE_OF[status] ?? 'bad-request', detail: words.trim().slice(0, 500) };
}

function toWebRequest({ raw, taken, body, url, method }: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw.headers)) {
    if (name !== 'host' && value !== undefined) headers.set(name, String(value));
  }
  const target = new URL(url, 'http://central');
  // Taken from every request, and a body only where the headers say so.
  if (taken === null || body === undefined) return new Request(target, { method, headers });
  // The same class under two names, of Node's types and the DOM's, which do not know `duplex` either.
  const init = { method, headers, body: ReadableStream.from(taken), duplex: 'half' };
  return new Request(target, init as unknown as RequestInit);
}
