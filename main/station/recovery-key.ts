import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt, decodeProtectedHeader } from 'jose';
import { RecoveryKey } from '#protocol/recovery-key';

/** The half that only the authority has. */
export type RecoverySecret = { key: RecoveryKey; secret: KeyObject };

/** A public key as JWK or PEM. A private one is refused: it must not lie on a desk. */
export function readRecoveryKey(
  text: string,
): { outcome: 'key'; key: RecoveryKey } | { outcome: 'private-key' | 'not-a-key' } {
  if (readRecoverySecret(text) !== null) return { outcome: 'private-key' };
  const key = toPublic(() => createPublicKey(toInput(text)));
  return key === null ? { outcome: 'not-a-key' } : { outcome: 'key', key };
}

/** `null`: no private key of a kind we use. */
export function readRecoverySecret(text: string): RecoverySecret | null {
  try {
    const secret = createPrivateKey(toInput(text));
    const key = toPublic(() => createPublicKey(secret));
    return key === null ? null : { key, secret };
  } catch {
    return null;
  }
}

/** A short name of a key, also of its private half. */
export function nameRecoveryKey(key: RecoveryKey): Promise<string> {
  return calculateJwkThumbprint(key);
}

/** A compact JWE: only the private half opens it. */
export async function wrapForRecovery(key: RecoveryKey, text: string): Promise<string> {
  const kid = await nameRecoveryKey(key);
  const to = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid })
    .encrypt(to);
}

/** `null`: wrapped for another key, or altered. */
export async function unwrapByRecovery({ secret }: RecoverySecret, wrapped: string): Promise<string | null> {
  try {
    const algorithms = {
      keyManagementAlgorithms: ['ECDH-ES+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
    };
    return Buffer.from((await compactDecrypt(wrapped, secret, algorithms)).plaintext).toString('utf8');
  } catch {
    return null;
  }
}

/** Whom it is for; `null` where it is no JWE. */
export function wrappedFor(wrapped: string): string | null {
  try {
    return decodeProtectedHeader(wrapped).kid ?? null;
  } catch {
    return null;
  }
}

function toPublic(make: () => KeyObject): RecoveryKey | null {
  try {
    return RecoveryKey.safeParse(make().export({ format: 'jwk' })).data ?? null;
  } catch {
    return null;
  }
}

function toInput(text: string) {
  if (text.includes('-----BEGIN')) return text;
  return { key: JSON.parse(text) as JsonWebKey, format: 'jwk' as const };
}
