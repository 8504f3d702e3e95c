import { z } from 'zod';

/** What a station proves itself with at every request. Secret; kept in memory by the station, never by the window. */
export const Token = z.object({
  token: z.string().min(32).max(200),
  expiresInSeconds: z.int().positive(),
});
export type Token = z.infer<typeof Token>;

/** `POST /v1/challenge`: something that was never signed before, good for two minutes and one use. */
export const ChallengeAnswer = z.object({ nonce: z.string().min(20).max(200) });
export type ChallengeAnswer = z.infer<typeof ChallengeAnswer>;

/** `POST /v1/token`. `assertion` is a compact JWS (EdDSA) of `TokenProof` by the device's key. */
export const TokenAsk = z.object({ device: z.string().min(1).max(60), assertion: z.string().max(2_000) });
export type TokenAsk = z.infer<typeof TokenAsk>;

export const TokenProof = z.object({ use: z.literal('token'), device: z.string(), nonce: z.string() });
export type TokenProof = z.infer<typeof TokenProof>;
