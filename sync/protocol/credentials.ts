import { z } from 'zod';

/** Argon2id in PHC form: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
const Phc = z.string().max(300).startsWith('$argon2id$');

/** What somebody is known by, and for how many days without the centre. */
export const Credential = z.object({
  id: z.string().max(60),
  pin: Phc.nullable(),
  password: Phc.nullable(),
  offlineDays: z.int().nonnegative(),
});
export type Credential = z.infer<typeof Credential>;

/**
 * `GET /v1/credentials`: the people of the device's centre. For its station alone, never for a window.
 *
 * `If-None-Match` is answered 304. Every answer, also that one, renews the days that people may sign in without a line.
 */
export const CredentialsAnswer = z.object({
  /** The server's clock, epoch ms. */
  asOf: z.int(),
  people: z.array(Credential),
});
export type CredentialsAnswer = z.infer<typeof CredentialsAnswer>;

/** A PIN or a password as it is hashed: a keyboard may write one letter in two ways. */
export function toSecretText(typed: string): string {
  return typed.normalize('NFKC');
}
