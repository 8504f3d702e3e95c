import type { FastifyInstance } from 'fastify';
import { type MissingFilesAnswer, MissingFilesAsk } from '#protocol/files';
import { deviceOf } from '../auth/guard.ts';
import type { DeviceCaller } from '../auth/identify.ts';
import type { Context } from '../context.ts';
import { Refusal, reply as toReply } from '../refuse.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** `HEAD /v1/files/{sha256}` and `POST /v1/files/missing`: what the centre has. It comes by `/v1/uploads`. */
export function addFileRoutes(server: FastifyInstance, context: Context): void {
  server.head<{ Params: { sha256: string } }>('/v1/files/:sha256', async (request, reply) => {
    const { sha256 } = request.params;
    if (!SHA256.test(sha256)) return reply.code(400).send();
    const found = await context.files.find({ centreId: deviceOf(request).centreId, sha256 });
    return found === null ? reply.code(404).send() : reply.header('content-length', found.bytes).send();
  });
  server.post('/v1/files/missing', async (request, reply) =>
    toReply(reply, await answerMissing(context, deviceOf(request), request.body)),
  );
}

/** Which of these files the device's centre has not. */
export async function answerMissing(
  { files }: Pick<Context, 'files'>,
  { centreId }: Pick<DeviceCaller, 'centreId'>,
  body: unknown,
): Promise<MissingFilesAnswer | Refusal> {
  const ask = MissingFilesAsk.safeParse(body);
  if (!ask.success) return new Refusal('unreadable');
  return { missing: await files.missing(centreId, ask.data.sha256) };
}
