import { z } from 'zod';

/**
 * The public key of the authority, to which a station's keys are wrapped as well.
 *
 * P-256 where nobody says otherwise: chip cards and the keys of national authorities have it. X25519 is taken too.
 */
export const RecoveryKey = z.union([
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().max(60), y: z.string().max(60) }),
  z.object({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: z.string().max(60) }),
]);
export type RecoveryKey = z.infer<typeof RecoveryKey>;
