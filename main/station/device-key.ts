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

/** `secret`: PKCS #8 as base64, as it is sealed. */
export function createDeviceKey(): { secret: string; key: DeviceKey } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  return { secret, key: toDeviceKey(privateKey) };
}

/** `null`: it is no such key. */
export function openDeviceKey(secret: string): DeviceKey | null {
  try {
    const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), type: 'pkcs8', format: 'der' });
    return key.asymmetricKeyType === 'ed25519' ? toDeviceKey(key) : null;
  } catch {
    return null;
  }
}

function toDeviceKey(key: KeyObject): DeviceKey {
  return {
    public: createPublicKey(key).export({ format: 'jwk' }).x ?? '',
    prove: (message) =>
      new CompactSign(Buffer.from(JSON.stringify(message))).setProtectedHeader({ alg: 'EdDSA' }).sign(key),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
}
