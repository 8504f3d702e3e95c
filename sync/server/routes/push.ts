import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PushAnswer, PushAsk, type RowsAnswer, RowsAsk } from '#protocol/push';
import { deviceOf, epochOf } from '../auth/guard.ts';
import { type Context, LIMITS } from '../context.ts';
import { refuse } from '../refuse.ts';
import { isStorableText, parseEvent } from '../store/parse-event.ts';
import { pushEvents } from '../store/push-events.ts';
import { pushRows } from '../store/push-rows.ts';
import { readHeads } from '../store/streams.ts';
import { isRowCollection } from './row-collections.ts';

/** `POST /v1/push/events`, and `POST /v1/push/{collection}` for RxDB's own rows. */
export function addPushRoutes(server: FastifyInstance, context: Context): void {
  server.post('/v1/push/events', (request, reply) => takeEvents(context, request, reply));
  server.post<{ Params: { collection: string } }>('/v1/push/:collection', async (request, reply) => {
    const { collection } = request.params;
    if (!isRowCollection(collection)) return refuse(reply, 'not-found');
    const ask = RowsAsk.safeParse(request.body);
    if (!ask.success) return refuse(reply, 'unreadable');
    const { rows } = ask.data;
    if (!rows.every((it) => isStorableText(it.newDocumentState.id))) {
      return refuse(reply, 'bad-request', { detail: 'an id is empty, too long or no plain text' });
    }
    const { centreId } = deviceOf(request);
    const answer: RowsAnswer = { conflicts: await pushRows(context.sql, { centreId, collection, rows }) };
    return answer;
  });
}

async function takeEvents(
  { sql, now, metrics }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<PushAnswer | FastifyReply> {
  if (countEvents(request.body) > LIMITS.events) return refuse(reply, 'too-large');
  const ask = PushAsk.safeParse(request.body);
  if (!ask.success) return refuse(reply, 'unreadable');
  const { from, events } = ask.data;
  const { centreId, device } = deviceOf(request);
  if (ask.data.device !== device) return refuse(reply, 'not-allowed', { detail: 'events of another device' });
  if (ask.data.epoch !== epochOf(request)) return refuse(reply, 'must-refetch', { detail: 'epoch' });
  if (events.some((it, index) => it.n !== from + index)) {
    return refuse(reply, 'bad-request', { detail: 'events are not numbered on from `from`' });
  }
  const sent = events.map((it) => parseEvent(device, it.n, it));
  const result = await pushEvents(sql, { centreId, device, events: sent, now: now() });
  switch (result.outcome) {
    case 'taken':
      for (const { status } of result.results) metrics.add('darcha_events_total', { status });
      return { lastN: result.lastN, results: result.results, heads: await readHeads(sql, centreId) };
    case 'gap':
      return refuse(reply, 'gap', { expected: result.expected });
    case 'revoked':
      return refuse(reply, 'device-revoked');
    case 'number-reused':
      return refuse(reply, 'not-allowed', { detail: `another event is stored as number ${result.n}` });
  }
}

function countEvents(body: unknown): number {
  const events = (body as { events?: unknown } | null)?.events;
  return Array.isArray(events) ? events.length : 0;
}
