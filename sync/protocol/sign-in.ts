import { z } from 'zod';
import { Credential } from './credentials.ts';

/** `POST /v1/sign-in`, asked by a station: is this somebody's password. Too many wrong ones are a 429. */
export const SignInAsk = z.object({ id: z.string().min(1).max(60), password: z.string().min(1).max(200) });
export type SignInAsk = z.infer<typeof SignInAsk>;

/** `wrong`: no such person here, no password, or another one; which of them is not told. */
export const SignInAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed-in'), asOf: z.int(), person: Credential }),
  z.object({ outcome: z.literal('wrong') }),
]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;
