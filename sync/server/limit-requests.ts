import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ErrorAnswer } from '#protocol/error';
import { refuse } from './refuse.ts';

/**
 * Generous: a first sync on the best line asks for some hundreds of pages a minute. It bounds a desk that goes round in
 * a circle, and whoever tries tokens and codes; each server counts for itself, in memory.
 */
export const REQUESTS_A_MINUTE = 6_000;
const MINUTE_MS = 60_000;
/** More than there are desks in the country. */
const COUNTED = 20_000;

/**
 * Bounds how much one device and one address may ask; to be added after the guard.
 *
 * An address is counted only for what anybody may ask and for what was refused for want of a token: all desks of a
 * region may come from one, and none of them is to wait for what another did there.
 */
export async function addRequestLimits(server: FastifyInstance, most = REQUESTS_A_MINUTE): Promise<void> {
  await server.register(rateLimit, { global: false, cache: COUNTED, max: most, timeWindow: MINUTE_MS });
  const ofAddress = server.createRateLimit({});
  const ofCaller = server.createRateLimit({
    keyGenerator: ({ caller }) => (caller?.kind === 'device' ? caller.device : 'admin'),
  });
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.access === 'probe') return undefined;
    const used = await (request.caller === null ? ofAddress : ofCaller)(request);
    return isOver(used) ? refuse(reply, 'too-many', { retryAfterSeconds: used.ttlInSeconds }) : undefined;
  });
  server.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 401 || request.routeOptions.config.access === 'anybody') return payload;
    const used = await ofAddress(request);
    return isOver(used) ? toTooMany(reply, used.ttlInSeconds) : payload;
  });
}

type Used = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

function isOver(used: Used): used is Extract<Used, { isAllowed: false }> {
  return !used.isAllowed && used.isExceeded;
}

/** In place of a refusal that is on its way: the next one comes on a connection of its own, or not at all. */
function toTooMany(reply: FastifyReply, retryAfterSeconds: number): string {
  const answer: ErrorAnswer = { error: 'too-many', retryAfterSeconds };
  const text = JSON.stringify(answer);
  reply.request.refusal = answer.error;
  reply.code(429).header('retry-after', String(retryAfterSeconds));
  reply.header('connection', 'close').header('content-length', Buffer.byteLength(text));
  return text;
}
