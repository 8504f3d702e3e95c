import type { FastifyInstance } from 'fastify';
import { type OfferAnswer, OfferAsk } from '#protocol/offer';
import { deviceOf } from '../auth/guard.ts';
import type { Context } from '../context.ts';
import { refuse } from '../refuse.ts';
import { findRestoredEnd } from '../store/restored.ts';
import { takeOffer } from '../store/take-offer.ts';

/** `POST /v1/offer`: stations heal a server that was restored from an older copy. */
export function addOfferRoute(server: FastifyInstance, { sql, epoch, now }: Context): void {
  server.post('/v1/offer', async (request, reply) => {
    const ask = OfferAsk.safeParse(request.body);
    if (!ask.success) return refuse(reply, 'unreadable');
    if (ask.data.epoch !== epoch) return refuse(reply, 'must-refetch', { detail: 'epoch' });
    const { centreId } = deviceOf(request);
    const end = await findRestoredEnd(sql, centreId, now());
    if (end === null) return refuse(reply, 'not-allowed', { detail: 'nothing was restored lately' });
    if (ask.data.since !== end.since || ask.data.chain !== end.chain) {
      return refuse(reply, 'not-allowed', { detail: 'another history' });
    }
    const { events } = ask.data;
    const answer: OfferAnswer = { taken: await takeOffer(sql, { centreId, events, now: now() }) };
    return answer;
  });
}
