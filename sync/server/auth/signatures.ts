import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { compactVerify } from 'jose';
import type { z } from 'zod';
import { toStatement } from '#protocol/statement';

/** `key`: 32 bytes as base64url, as `DeviceKey` has it. */
function toPublicKey(key: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
}

/** What stands in a compact JWS that this key has signed; `null`: another did, or it says something else. */
export async function readProof<T>(jws: string, key: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    const { payload } = await compactVerify(jws, toPublicKey(key), { algorithms: ['EdDSA'] });
    return schema.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch {
    return null;
  }
}

/** Events `from` and on of a device as canonical JSON, and what it signed of them. */
export type SignedEvents = { device: string; from: number; texts: readonly string[]; signature: string };

export function isStatementOf(key: string, { device, from, texts, signature }: SignedEvents): boolean {
  const to = from + texts.length - 1;
  const statement = toStatement({ device, from, to, hash: hash('sha256', texts.join('\n'), 'hex') });
  try {
    return verify(null, Buffer.from(statement), toPublicKey(key), Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
