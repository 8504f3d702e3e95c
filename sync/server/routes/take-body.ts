import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** What comes of a body that is taken at once. */
    taken: PassThrough | null;
  }
}

/** As much as one reading of the socket and the one after it. */
const HELD_BYTES = 128 * 1024;

/**
 * Takes the body of every request below a path from its connection while the guard is still asking who sends it; to
 * be added before the guard.
 *
 * Node drops the bytes of a cut request that nobody had read yet. Here a cut ends the body where it is, as a value:
 * what came is written, and whoever works on it finishes at once.
 */
export function addBodyTaking(server: FastifyInstance, path: string): void {
  server.decorateRequest('taken', null);
  server.addHook('onRequest', async (request, reply) => {
    const { raw, method, routeOptions } = request;
    if (!routeOptions.url?.startsWith(path) || (method !== 'PATCH' && method !== 'POST')) return;
    const taken = new PassThrough({ highWaterMark: HELD_BYTES });
    request.taken = taken;
    raw.pipe(taken);
    raw.once('close', () => taken.end());
    // What is left of a body that was refused would stand before the next request.
    reply.raw.once('finish', () => {
      raw.unpipe(taken);
      raw.resume();
      taken.end();
    });
  });
}
