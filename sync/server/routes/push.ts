import type { FastifyInstance } from 'fastify';
import { type PushAnswer, PushAsk, type RowsAnswer, RowsAsk } from '#protocol/push';
import { deviceOf } from '../auth/guard.ts';
import type { DeviceCaller } from '../auth/identify.ts';
import { isStatementOf } from '../auth/signatures.ts';
import { type Context, LIMITS } from '../context.ts';
import { Refusal, refuse, reply as toReply } from '../refuse.ts';
import { isStorableText, parseEvent } from '../store/parse-event.ts';
import { pushEvents } from '../store/push-events.ts';
import { pushRows } from '../store/push-rows.ts';
import { readHeads } from '../store/streams.ts';
import { isRowCollection } from './row-collections.ts';

/** `POST /v1/push/events`, and `POST /v1/push/{collection}` for RxDB's own rows. */
export function addPushRoutes(server: FastifyInstance, context: Context): void {
  server.post('/v1/push/events', async (request, reply) =>
    toReply(reply, await answerPush(context, deviceOf(request), request.body)),
  );
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

/** What the centre makes of a body that a device pushed. */
export async function answerPush(
  { sql, now, metrics }: Pick<Context, 'sql' | 'now' | 'metrics'>,
  { centreId, device, epoch, key }: Omit<DeviceCaller, 'kind'>,
  body: unknown,
): Promise<PushAnswer | Refusal> {
  if (countEvents(body) > LIMITS.events) return new Refusal('too-large');
  const ask = PushAsk.safeParse(body);
  if (!ask.success) return new Refusal('unreadable');
  const { from, events, signature } = ask.data;
  if (ask.data.device !== device) return new Refusal('not-allowed', { detail: 'events of another device' });
  if (ask.data.epoch !== epoch) return new Refusal('must-refetch', { reason: 'epoch' });
  if (events.some((it, index) => it.n !== from + index)) {
    return new Refusal('bad-request', { detail: 'events are not numbered on from `from`' });
  }
  // As they came: the parser of the envelope may leave out what the device has signed.
  const raw = (body as { events: unknown[] }).events;
  const sent = events.map(({ n }, index) => parseEvent(device, n, raw[index]));
  const texts = sent.map((it) => it.text);
  if (key !== null && !(signature !== undefined && isStatementOf(key, { device, from, texts, signature }))) {
    return new Refusal('bad-signature');
  }
  const result = await pushEvents(sql, { centreId, device, events: sent, signature, now: now() });
  switch (result.outcome) {
    case 'taken':
      for (const { status } of result.results) metrics.add('darcha_events_total', { status });
      return { lastN: result.lastN, results: result.results, heads: await readHeads(sql, centreId) };
    case 'gap':
      return new Refusal('gap', { expected: result.expected });
    case 'revoked':
      return new Refusal('device-revoked');
    case 'number-reused':
      return new Refusal('not-allowed', { detail: `another event is stored as number ${result.n}` });
  }
}

function countEvents(body: unknown): number {
  const events = (body as { events?: unknown } | null)?.events;
  return Array.isArray(events) ? events.length : 0;
}
