import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { isReady } from '../is-ready.ts';

/**
 * `GET /healthz`: the process lives. `GET /readyz`: requests may be sent here.
 *
 * They say a word and nothing else, so anybody may ask: a load balancer has no token.
 */
export function addHealthRoutes(server: FastifyInstance, context: Context): void {
  const probe = { config: { access: 'probe' } } as const;
  server.get('/healthz', probe, async () => 'lives\n');
  server.get('/readyz', probe, async (_request, reply) =>
    (await isReady(context)) ? 'ready\n' : reply.code(503).send('not ready\n'),
  );
}
