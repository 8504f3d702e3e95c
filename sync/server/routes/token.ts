import type { FastifyInstance } from 'fastify';
import { type ChallengeAnswer, type Token, TokenAsk, TokenProof } from '#protocol/token';
import { createNonce, isFreshNonce } from '../auth/challenge.ts';
import { readProof } from '../auth/signatures.ts';
import type { Context } from '../context.ts';
import { Refusal, reply as toReply } from '../refuse.ts';
import type { Query } from '../store/sql.ts';
import { createDeviceToken } from '../store/tokens.ts';

/** `POST /v1/challenge` and `POST /v1/token`: a station proves by its key who it is, and gets a token for an hour. */
export function addTokenRoutes(server: FastifyInstance, context: Context): void {
  const open = { config: { access: 'anybody' } } as const;
  server.post('/v1/challenge', open, async (): Promise<ChallengeAnswer> => {
    return { nonce: await createNonce(context.sql, context.now()) };
  });
  server.post('/v1/token', open, async (request, reply) =>
    toReply(reply, await answerToken(context, request.body)),
  );
}

async function answerToken(
  { sql, now }: Pick<Context, 'sql' | 'now'>,
  body: unknown,
): Promise<Token | Refusal> {
  const ask = TokenAsk.safeParse(body);
  if (!ask.success) return new Refusal('unreadable');
  const device = await findKey(sql, ask.data.device);
  if (device === null) return new Refusal('unauthorised');
  const proof = await readProof(ask.data.assertion, device.key, TokenProof);
  if (proof?.device !== ask.data.device) return new Refusal('unauthorised');
  // Said to the holder of the key alone.
  if (device.revoked) return new Refusal('device-revoked', device.erase ? { erase: true } : {});
  const at = now();
  if (!(await isFreshNonce(sql, proof.nonce, at)))
    return new Refusal('unauthorised', { detail: 'challenge' });
  const { centreId } = device;
  const token = await createDeviceToken(sql, { centreId, device: ask.data.device, now: at }, proof.nonce);
  return token ?? new Refusal('unauthorised', { detail: 'challenge' });
}

async function findKey(
  query: Query,
  device: string,
): Promise<{ centreId: number; key: string; revoked: boolean; erase: boolean } | null> {
  type Row = { centre_id: number; key: string; revoked_at: number | null; erase: boolean };
  const [row] = await query.query<Row>(
    'select centre_id, key, revoked_at, erase from device where device_id = $1 and key is not null',
    [device],
  );
  if (row === undefined) return null;
  return { centreId: row.centre_id, key: row.key, revoked: row.revoked_at !== null, erase: row.erase };
}
