import type { FastifyInstance } from 'fastify';
import type { ErrorCode } from '#protocol/error';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request was refused with. */
    refusal: ErrorCode | null;
  }
}

/** Logs and counts every answer: routes, devices and codes, never addresses or what was sent. */
export function addRequestRecord(server: FastifyInstance, metrics: Metrics): void {
  server.decorateRequest('refusal', null);
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status, elapsedTime } = reply;
    server.log.info({
      method: request.method,
      route,
      status,
      ms: Math.round(elapsedTime),
      refusal: request.refusal ?? undefined,
      device: request.caller?.kind === 'device' ? request.caller.device : undefined,
    });
    metrics.add('darcha_requests_total', { route, method: request.method, status });
    metrics.observe('darcha_request_seconds', { route }, elapsedTime / 1000);
    metrics.add('darcha_answer_bytes_total', { route }, Number(reply.getHeader('content-length') ?? 0));
    if (request.refusal !== null) metrics.add('darcha_refusals_total', { code: request.refusal });
  });
}
