import type { FastifyInstance } from 'fastify';
import { type HelloAnswer, HelloAsk } from '#protocol/hello';
import { OLDEST_SERVED, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { deviceOf } from '../auth/guard.ts';
import type { DeviceCaller } from '../auth/identify.ts';
import { type Context, LIMITS } from '../context.ts';
import { Refusal, reply as toReply } from '../refuse.ts';
import { recordHello } from '../store/devices.ts';
import { findRestoredEnd } from '../store/restored.ts';
import { readHeads } from '../store/streams.ts';

/** `POST /v1/hello`. */
export function addHelloRoute(server: FastifyInstance, context: Context): void {
  server.post('/v1/hello', async (request, reply) =>
    toReply(reply, await answerHello(context, deviceOf(request), request.body)),
  );
}

/** What the centre answers a station that tells of itself. */
export async function answerHello(
  { sql, now }: Pick<Context, 'sql' | 'now'>,
  { centreId, device, epoch }: DeviceCaller,
  body: unknown,
): Promise<HelloAnswer | Refusal> {
  const ask = HelloAsk.safeParse(body);
  if (!ask.success) return new Refusal('unreadable');
  const { protocol, state } = ask.data;
  if (protocol < OLDEST_SERVED || protocol > PROTOCOL_VERSION) {
    return new Refusal('update-needed', { min: OLDEST_SERVED, max: PROTOCOL_VERSION });
  }
  const lastN = await recordHello(sql, { centreId, device, state, now: now() });
  const restored = await findRestoredEnd(sql, centreId, now());
  return {
    epoch,
    serverTime: now(),
    protocol: { min: OLDEST_SERVED, max: PROTOCOL_VERSION },
    limits: LIMITS,
    heads: await readHeads(sql, centreId),
    ...(restored === null ? {} : { restored: { since: restored.since } }),
    lastN,
  };
}
