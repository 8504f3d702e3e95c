import type { FastifyInstance } from 'fastify';
import { type OfferAnswer, OfferAsk } from '#protocol/offer';
import { deviceOf } from '../auth/guard.ts';
import type { DeviceCaller } from '../auth/identify.ts';
import type { Context } from '../context.ts';
import { Refusal, reply as toReply } from '../refuse.ts';
import { findRestoredEnd } from '../store/restored.ts';
import { takeOffer } from '../store/take-offer.ts';

/** `POST /v1/offer`: stations heal a server that was restored from an older copy. */
export function addOfferRoute(server: FastifyInstance, context: Context): void {
  server.post('/v1/offer', async (request, reply) =>
    toReply(reply, await answerOffer(context, deviceOf(request), request.body)),
  );
}

/** What the centre makes of events that a device holds past the end of the copy that was put back. */
export async function answerOffer(
  { sql, now }: Pick<Context, 'sql' | 'now'>,
  { centreId, epoch }: DeviceCaller,
  body: unknown,
): Promise<OfferAnswer | Refusal> {
  const ask = OfferAsk.safeParse(body);
  if (!ask.success) return new Refusal('unreadable');
  if (ask.data.epoch !== epoch) return new Refusal('must-refetch', { reason: 'epoch' });
  const end = await findRestoredEnd(sql, centreId, now());
  if (end === null) return new Refusal('not-allowed', { detail: 'nothing was restored lately' });
  if (ask.data.since !== end.since || ask.data.chain !== end.chain) {
    return new Refusal('not-allowed', { detail: 'another history' });
  }
  const { events } = ask.data;
  return { taken: await takeOffer(sql, { centreId, events, now: now() }) };
}
