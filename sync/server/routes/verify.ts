import type { FastifyInstance } from 'fastify';
import { type VerifyAnswer, VerifyAsk } from '#protocol/verify';
import { deviceOf } from '../auth/guard.ts';
import type { DeviceCaller } from '../auth/identify.ts';
import type { Context } from '../context.ts';
import { Refusal, reply as toReply } from '../refuse.ts';
import { verifyEvents, verifyRows } from '../store/verify-copies.ts';

/** `POST /v1/verify`: a station has its copies compared with what is here. */
export function addVerifyRoute(server: FastifyInstance, context: Context): void {
  server.post('/v1/verify', async (request, reply) =>
    toReply(reply, await answerVerify(context, deviceOf(request), request.body)),
  );
}

/** Whether a device's copy of a stream of its own centre, or of the country, is what the centre has. */
export async function answerVerify(
  { sql }: Pick<Context, 'sql'>,
  { centreId, epoch }: DeviceCaller,
  body: unknown,
): Promise<VerifyAnswer | Refusal> {
  const ask = VerifyAsk.safeParse(body);
  if (!ask.success) return new Refusal('unreadable');
  if (ask.data.epoch !== epoch) return new Refusal('must-refetch', { detail: 'epoch' });
  return ask.data.collection === 'events'
    ? verifyEvents(sql, centreId, ask.data.points)
    : verifyRows(sql, centreId, ask.data);
}
