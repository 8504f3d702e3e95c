import type { FastifyInstance } from 'fastify';
import { deviceOf } from '../auth/guard.ts';
import type { Context } from '../context.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** `HEAD /v1/files/{sha256}`: whether the centre has a file. It comes by `/v1/uploads`. */
export function addFileRoutes(server: FastifyInstance, { files }: Context): void {
  server.head<{ Params: { sha256: string } }>('/v1/files/:sha256', async (request, reply) => {
    const { sha256 } = request.params;
    if (!SHA256.test(sha256)) return reply.code(400).send();
    const found = await files.find({ centreId: deviceOf(request).centreId, sha256 });
    return found === null ? reply.code(404).send() : reply.header('content-length', found.bytes).send();
  });
}
