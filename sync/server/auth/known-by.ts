import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import { toSecretText } from '#protocol/credentials';

/** OWASP's first choice; the same for a PIN and a password. */
const COST = { parallelism: 1, iterations: 2, memorySize: 19_456, hashLength: 32 } as const;

/** Of nothing that anybody knows: an unknown person takes as long as a wrong password. */
const NOBODY = argon2id({ ...COST, password: randomBytes(32), salt: randomBytes(16), outputType: 'encoded' });

/** A PHC string. */
export function hashKnown(typed: string): Promise<string> {
  return argon2id({
    ...COST,
    password: toSecretText(typed),
    salt: randomBytes(16),
    outputType: 'encoded',
  });
}

/** Whether this is what was hashed; never, where nothing was, and in the same time. */
export async function isKnown(hash: string | null, typed: string): Promise<boolean> {
  const isSame = await argon2Verify({ password: toSecretText(typed), hash: hash ?? (await NOBODY) });
  return hash !== null && isSame;
}
