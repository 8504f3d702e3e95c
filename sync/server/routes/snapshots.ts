import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type SnapshotAnswer, SnapshotCollection } from '#protocol/snapshot';
import { deviceOf } from '../auth/guard.ts';
import type { DeviceCaller } from '../auth/identify.ts';
import type { Context } from '../context.ts';
import { Refusal, refuse, reply as toReply } from '../refuse.ts';
import { readRange } from './read-range.ts';

const SHA256 = /^[0-9a-f]{64}$/;
const ASK_AGAIN_S = 2;

type Params = { collection: string; sha256: string };

/** `GET /v1/snapshots/{collection}` and the bytes at `/v1/snapshots/{collection}/{sha256}`, ranges of them too. */
export function addSnapshotRoutes(server: FastifyInstance, context: Context): void {
  server.get<{ Params: Params }>('/v1/snapshots/:collection', async (request, reply) =>
    toReply(reply, await answerNewest(context, deviceOf(request), request.params.collection)),
  );
  server.get<{ Params: Params }>('/v1/snapshots/:collection/:sha256', async (request, reply) => {
    const { params, headers } = request;
    const found = await answerBytes(context, deviceOf(request), { ...params, range: headers.range });
    if (found instanceof Refusal) return refuse(reply, found.error, found.more);
    reply.code(found.status).headers(found.headers);
    return found.body === null
      ? refuse(reply, 'bad-request', { detail: 'range' }, found.status)
      : reply.send(Readable.from(found.body, { objectMode: false }));
  });
  server.addHook('onClose', () => context.files.snapshots.close());
}

/** The newest packed copy of a stream of the centre that asks. */
export async function answerNewest(
  { files, now }: Pick<Context, 'files' | 'now'>,
  { centreId }: Pick<DeviceCaller, 'centreId'>,
  collection: string,
): Promise<SnapshotAnswer | Refusal> {
  const coll = SnapshotCollection.safeParse(collection);
  if (!coll.success) return new Refusal('not-found');
  const found = await files.snapshots.newest({ centreId, coll: coll.data }, now());
  if (found.outcome === 'being-made') {
    return new Refusal('unavailable', { detail: 'being made', retryAfterSeconds: ASK_AGAIN_S });
  }
  return found.outcome === 'found' ? found.snapshot : new Refusal('not-found');
}

/** `body`: `null` where the range lies outside. */
type Bytes = {
  status: 200 | 206 | 416;
  headers: Record<string, string | number>;
  body: AsyncIterable<Uint8Array> | null;
};

/** The bytes of a packed copy, or a range of them. */
export async function answerBytes(
  { files }: Pick<Context, 'files'>,
  { centreId }: Pick<DeviceCaller, 'centreId'>,
  { collection, sha256, range: asked }: Params & { range: string | undefined },
): Promise<Bytes | Refusal> {
  const coll = SnapshotCollection.safeParse(collection);
  if (!coll.success || !SHA256.test(sha256)) return new Refusal('not-found');
  const snapshot = await files.snapshots.open({ centreId, coll: coll.data, sha256 });
  if (snapshot === null) return new Refusal('not-found');
  const { bytes } = snapshot;
  const range = readRange(asked, bytes);
  if (range.outcome === 'outside')
    return { status: 416, headers: { 'content-range': `bytes */${bytes}` }, body: null };
  const isPart = range.outcome === 'part';
  const { from, to } = isPart ? range : { from: 0, to: bytes };
  const headers = {
    ...(isPart ? { 'content-range': `bytes ${from}-${to - 1}/${bytes}` } : {}),
    etag: `"${sha256}"`,
    'accept-ranges': 'bytes',
    // Of one centre: no proxy between may keep it for another.
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': 'application/octet-stream',
    'content-length': to - from,
  };
  return { status: isPart ? 206 : 200, headers, body: snapshot.read(from, to) };
}
