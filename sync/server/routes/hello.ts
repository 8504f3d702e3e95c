import type { FastifyInstance } from 'fastify';
import { type HelloAnswer, HelloAsk } from '#protocol/hello';
import { OLDEST_SERVED, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { deviceOf, epochOf, refuseVersion } from '../auth/guard.ts';
import { type Context, LIMITS } from '../context.ts';
import { refuse } from '../refuse.ts';
import { recordHello } from '../store/devices.ts';
import { readHeads } from '../store/streams.ts';

/** `POST /v1/hello`. */
export function addHelloRoute(server: FastifyInstance, { sql, now }: Context): void {
  server.post('/v1/hello', async (request, reply) => {
    const ask = HelloAsk.safeParse(request.body);
    if (!ask.success) return refuse(reply, 'unreadable');
    const { protocol, state } = ask.data;
    if (protocol < OLDEST_SERVED || protocol > PROTOCOL_VERSION) return refuseVersion(reply);
    const { centreId, device } = deviceOf(request);
    const lastN = await recordHello(sql, { centreId, device, state, now: now() });
    const answer: HelloAnswer = {
      epoch: epochOf(request),
      serverTime: now(),
      protocol: { min: OLDEST_SERVED, max: PROTOCOL_VERSION },
      limits: LIMITS,
      heads: await readHeads(sql, centreId),
      lastN,
    };
    return answer;
  });
}
