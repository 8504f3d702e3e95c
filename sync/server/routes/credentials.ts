import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { CredentialsAnswer } from '#protocol/credentials';
import { type SignInAnswer, SignInAsk } from '#protocol/sign-in';
import { deviceOf } from '../auth/guard.ts';
import type { DeviceCaller } from '../auth/identify.ts';
import { isKnown } from '../auth/known-by.ts';
import type { Context } from '../context.ts';
import { Refusal, refuse, reply as toReply } from '../refuse.ts';
import { readCredentials } from '../store/credentials.ts';
import { isColumnText } from '../store/parse-event.ts';
import { beginTry, endTry } from '../store/sign-in-failures.ts';

/** `GET /v1/credentials` and `POST /v1/sign-in`: for a centre's own stations and for nobody else. */
export function addCredentialRoutes(server: FastifyInstance, context: Context): void {
  server.get('/v1/credentials', async (request, reply) => {
    const { sql, demo, now } = context;
    const { centreId } = deviceOf(request);
    const asOf = now();
    const people = await readCredentials(sql, { centreId, demo, now: asOf });
    const tag = `"${createHash('sha256').update(JSON.stringify(people)).digest('base64url')}"`;
    reply.header('etag', tag).header('cache-control', 'no-store');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    const answer: CredentialsAnswer = { asOf, people };
    return answer;
  });

  server.post('/v1/sign-in', async (request, reply) => {
    const ask = SignInAsk.safeParse(request.body);
    if (!ask.success || !isColumnText(ask.data.id)) return refuse(reply, 'unreadable');
    reply.header('cache-control', 'no-store');
    return toReply(reply, await answerSignIn(context, deviceOf(request), ask.data));
  });
}

async function answerSignIn(
  { sql, demo, now }: Context,
  { centreId, device }: DeviceCaller,
  { id, password }: SignInAsk,
): Promise<SignInAnswer | Refusal> {
  const asOf = now();
  const attempt = { centreId, device, staffId: id, now: asOf };
  const waitMs = await beginTry(sql, attempt);
  if (waitMs > 0) return new Refusal('too-many', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  const [person] = await readCredentials(sql, { centreId, demo, now: asOf }, id);
  const isRight = await isKnown(person?.password ?? null, password);
  if (person === undefined || !isRight) return { outcome: 'wrong' };
  await endTry(sql, attempt);
  return { outcome: 'signed-in', asOf, person };
}
