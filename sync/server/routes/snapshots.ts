import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type SnapshotAnswer, SnapshotCollection } from '#protocol/snapshot';
import { deviceOf } from '../auth/guard.ts';
import type { Context } from '../context.ts';
import { Refusal, refuse, reply as toReply } from '../refuse.ts';
import { readRange } from './read-range.ts';

const SHA256 = /^[0-9a-f]{64}$/;
const ASK_AGAIN_S = 2;

type Params = { collection: string; sha256: string };

/** `GET /v1/snapshots/{collection}` and the bytes at `/v1/snapshots/{collection}/{sha256}`, ranges of them too. */
export function addSnapshotRoutes(server: FastifyInstance, context: Context): void {
  server.get<{ Params: Params }>('/v1/snapshots/:collection', async (request, reply) =>
    toReply(reply, await findNewest(context, request)),
  );
  server.get<{ Params: Params }>('/v1/snapshots/:collection/:sha256', (request, reply) =>
    sendBytes(context, request, reply),
  );
  server.addHook('onClose', () => context.files.snapshots.close());
}

async function findNewest(
  { files, now }: Context,
  request: FastifyRequest<{ Params: Params }>,
): Promise<SnapshotAnswer | Refusal> {
  const coll = SnapshotCollection.safeParse(request.params.collection);
  if (!coll.success) return new Refusal('not-found');
  const { centreId } = deviceOf(request);
  const found = await files.snapshots.newest({ centreId, coll: coll.data }, now());
  if (found.outcome === 'being-made') {
    return new Refusal('unavailable', { detail: 'being made', retryAfterSeconds: ASK_AGAIN_S });
  }
  return found.outcome === 'found' ? found.snapshot : new Refusal('not-found');
}

async function sendBytes(
  { files }: Context,
  request: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { sha256 } = request.params;
  const coll = SnapshotCollection.safeParse(request.params.collection);
  if (!coll.success || !SHA256.test(sha256)) return refuse(reply, 'not-found');
  const { centreId } = deviceOf(request);
  const snapshot = await files.snapshots.open({ centreId, coll: coll.data, sha256 });
  if (snapshot === null) return refuse(reply, 'not-found');
  const { bytes } = snapshot;
  const range = readRange(request.headers.range, bytes);
  if (range.outcome === 'outside') {
    reply.header('content-range', `bytes */${bytes}`);
    return refuse(reply, 'bad-request', { detail: 'range' }, 416);
  }
  const { from, to } = range.outcome === 'part' ? range : { from: 0, to: bytes };
  if (range.outcome === 'part') reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${bytes}`);
  reply.headers({
    etag: `"${sha256}"`,
    'accept-ranges': 'bytes',
    // Of one centre: no proxy between may keep it for another.
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': 'application/octet-stream',
    'content-length': to - from,
  });
  return reply.send(Readable.from(snapshot.read(from, to), { objectMode: false }));
}
