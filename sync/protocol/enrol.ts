import { z } from 'zod';
import { RecoveryKey } from './recovery-key.ts';
import { Token } from './token.ts';

/** An Ed25519 key as the 32 bytes of its public half, base64url: the `x` of its JWK (RFC 8037). */
export const DeviceKey = z.string().regex(/^[\w-]{43}$/);

/**
 * `POST /v1/enrol`, the one message of a station that is nobody yet: a computer becomes a desk of a centre.
 *
 * `proof` is a compact JWS (EdDSA) of `EnrolProof` by that key. Asked again with the same key and code it answers the
 * same: whoever did not hear the answer asks again.
 */
export const EnrolAsk = z.object({
  code: z.string().min(4).max(80),
  desk: z.string().min(1).max(60),
  key: DeviceKey,
  proof: z.string().max(2_000),
});
export type EnrolAsk = z.infer<typeof EnrolAsk>;

export const EnrolProof = z.object({ use: z.literal('enrol'), code: z.string(), desk: z.string() });
export type EnrolProof = z.infer<typeof EnrolProof>;

export const EnrolAnswer = z.object({
  device: z.string().max(60),
  centreId: z.int().positive(),
  desk: z.string().max(60),
  /** 1…99, unique within the district; the `WW` of its case numbers. */
  deskNumber: z.int().min(1).max(99),
  demo: z.boolean(),
  /** Of the authority: a station wraps the keys of its data for it, so that what is not sent is not lost with the desk. */
  recoveryKey: RecoveryKey.optional(),
  ...Token.shape,
});
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;
