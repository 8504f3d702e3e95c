import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { CompactSign } from 'jose';

/** This computer's own Ed25519 key, with which it says who it is and signs what it sends. */
export interface DeviceKey {
  /** The public half, as `DeviceKey` of the protocol has it. */
  readonly public: string;
  /** A compact JWS of a small message. */
  prove(message: object): Promise<string>;
  /** 64 bytes as base64url. */
  sign(text: string): string;
}

/** PKCS #8 as base64: as it is sealed. */
export function createDeviceKeySecret(): string {
  return generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64');
}

/** `null`: it is no such key. */
export function openDeviceKey(secret: string): DeviceKey | null {
  const key = readKey(secret);
  if (key === null) return null;
  return {
    public: createPublicKey(key).export({ format: 'jwk' }).x ?? '',
    prove: (message) =>
      new CompactSign(Buffer.from(JSON.stringify(message))).setProtectedHeader({ alg: 'EdDSA' }).sign(key),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}

function readKey(secret: string): KeyObject | null {
  try {
    const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), type: 'pkcs8', format: 'der' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
