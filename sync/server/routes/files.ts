import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { deviceOf } from '../auth/guard.ts';
import { type Context, LIMITS } from '../context.ts';
import { refuse } from '../refuse.ts';

const SHA256 = /^[0-9a-f]{64}$/;

type Named = { Params: { sha256: string } };

/** `HEAD|PUT /v1/files/{sha256}`. A file counts when its bytes are those of its name. */
export async function addFileRoutes(server: FastifyInstance, { files, now }: Context): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async (_request: unknown, bytes: Readable) => bytes);

    scope.head<Named>('/v1/files/:sha256', async (request, reply) => {
      const { sha256 } = request.params;
      if (!SHA256.test(sha256)) return reply.code(400).send();
      const found = await files.find(deviceOf(request).centreId, sha256);
      return found === null ? reply.code(404).send() : reply.header('content-length', found.bytes).send();
    });

    scope.put<Named>('/v1/files/:sha256', { bodyLimit: LIMITS.fileBytes }, async (request, reply) => {
      const { sha256 } = request.params;
      const { centreId } = deviceOf(request);
      if (!SHA256.test(sha256)) return refuse(reply, 'bad-request', { detail: 'the name is no SHA-256' });
      const found = await files.find(centreId, sha256);
      if (found !== null) return { sha256, bytes: found.bytes };
      const bytes = request.body as Readable | undefined;
      if (bytes === undefined) return refuse(reply, 'unreadable', { detail: 'no body' });
      const result = await files.save({ centreId, sha256, bytes, now: now() });
      switch (result.outcome) {
        case 'saved':
          return reply.code(201).send({ sha256, bytes: result.bytes });
        case 'too-large':
          return refuse(reply, 'too-large');
        case 'other-content':
          return refuse(reply, 'unreadable', { detail: 'the bytes have another SHA-256' });
      }
    });
  });
}
