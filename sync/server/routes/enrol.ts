import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EnrolAsk, EnrolProof } from '#protocol/enrol';
import { readProof } from '../auth/signatures.ts';
import type { Context } from '../context.ts';
import { refuse } from '../refuse.ts';
import { revokeDevice } from '../store/devices.ts';
import { createCode, enrolDevice } from '../store/enrolment.ts';
import { countFailure, hasFailedTooOften, WINDOW_MS } from '../store/enrolment-failures.ts';

/** No name, and U+0000 no text for PostgreSQL. */
const UNPRINTABLE = /\p{C}/u;

const CodeAsk = z.object({ centreId: z.int().positive() });
const RevocationAsk = z.object({ device: z.string().min(1).max(60), erase: z.boolean() });

/** `POST /v1/enrol`; `POST /v1/enrolment-codes` and `POST /v1/revocations` for whoever runs the server. */
export function addEnrolRoutes(server: FastifyInstance, context: Context): void {
  server.post('/v1/enrol', { config: { access: 'anybody' } }, async (request, reply) => {
    const ask = EnrolAsk.safeParse(request.body);
    if (!ask.success || UNPRINTABLE.test(ask.data.desk)) return refuse(reply, 'unreadable');
    const { code, desk, key } = ask.data;
    const proof = await readProof(ask.data.proof, key, EnrolProof);
    if (proof?.code !== code || proof.desk !== desk) return refuse(reply, 'bad-signature');
    const { sql, demo, recoveryKey, now } = context;
    const attempt = { ip: request.ip, now: now() };
    if (await hasFailedTooOften(sql, attempt))
      return refuse(reply, 'too-many', { retryAfterSeconds: WINDOW_MS / 1000 });
    const result = await enrolDevice(sql, { code, desk, key, demo, now: attempt.now });
    switch (result.outcome) {
      case 'enrolled':
        return { ...result.answer, demo, ...(recoveryKey === undefined ? {} : { recoveryKey }) };
      case 'bad-code':
        await countFailure(sql, attempt);
        return refuse(reply, 'unauthorised', { detail: 'the code is unknown, used or out of date' });
      case 'no-centre':
        return refuse(reply, 'unavailable', {
          detail: 'the centre of this code is not in the reference data',
        });
      case 'key-taken':
        return refuse(reply, 'not-allowed', { detail: 'this key is of another desk' });
      case 'no-number':
        return refuse(reply, 'unavailable', { detail: 'all 99 desk numbers of the district are given' });
    }
  });

  server.post('/v1/enrolment-codes', { config: { access: 'admin' } }, async (request, reply) => {
    const ask = CodeAsk.safeParse(request.body);
    if (!ask.success) return refuse(reply, 'unreadable');
    const result = await createCode(context.sql, ask.data.centreId, context.now());
    if (result.outcome === 'no-centre') return refuse(reply, 'not-found', { detail: 'no such centre' });
    return { code: result.code, expiresAt: result.expiresAt };
  });

  server.post('/v1/revocations', { config: { access: 'admin' } }, async (request, reply) => {
    const ask = RevocationAsk.safeParse(request.body);
    if (!ask.success) return refuse(reply, 'unreadable');
    const revoked = await revokeDevice(context.sql, { ...ask.data, now: context.now() });
    return revoked ?? refuse(reply, 'not-found', { detail: 'no such desk' });
  });
}
