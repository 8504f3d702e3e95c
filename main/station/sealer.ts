import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Makes bytes unreadable to whoever has the disk and not the key.
 *
 * `of` says what they are and where they stand: sealed for one place they do not open at another.
 */
export interface Sealer {
  seal(bytes: Uint8Array, of: string): Buffer<ArrayBuffer>;
  /** `null`: altered, of another place, or sealed by no key of this station. */
  open(sealed: Uint8Array, of: string): Buffer<ArrayBuffer> | null;
  /** Whether it was sealed by another key than what is sealed now. */
  isOlder(sealed: Uint8Array): boolean;
}

/** A random key of 32 bytes, and the name it is found by: 8 hexadecimal digits. */
export type DataKey = { id: string; key: Uint8Array };

const VERSION = 1;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES + IV_BYTES;

/** What sealing adds to any number of bytes. */
export const SEAL_BYTES = HEAD_BYTES + TAG_BYTES;

/**
 * AES-256-GCM under a key that is derived for `purpose`: version, key's name, random iv, ciphertext, tag.
 *
 * Seals with the first of the keys and opens with any.
 */
export function createSealer(keys: readonly [DataKey, ...DataKey[]], purpose: string): Sealer {
  const derived = keys.map((it) => ({ id: Buffer.from(it.id, 'hex'), key: deriveKey(it.key, purpose) }));
  const [current] = derived as [(typeof derived)[number]];
  return {
    seal(bytes, of) {
      const iv = randomBytes(IV_BYTES);
      const head = Buffer.concat([Buffer.of(VERSION), current.id, iv]);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv);
      cipher.setAAD(toPlace(head, of));
      return Buffer.concat([head, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, of) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < SEAL_BYTES || bytes[0] !== VERSION) return null;
      const head = bytes.subarray(0, HEAD_BYTES);
      const named = derived.find((it) => it.id.equals(head.subarray(1, 1 + KEY_ID_BYTES)));
      if (named === undefined) return null;
      const cipher = createDecipheriv('aes-256-gcm', named.key, head.subarray(1 + KEY_ID_BYTES));
      cipher.setAAD(toPlace(head, of));
      cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const opened = cipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES));
      try {
        return Buffer.concat([opened, cipher.final()]);
      } catch {
        return null;
      }
    },
    isOlder: (sealed) => nameOfKey(sealed) !== current.id.toString('hex'),
  };
}

/** The name of the key that something was sealed with; `null`: it was not sealed by us. */
export function nameOfKey(sealed: Uint8Array): string | null {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) return null;
  return Buffer.from(sealed.subarray(1, 1 + KEY_ID_BYTES)).toString('hex');
}

/** 32 bytes for one use of a key: who has them has none for another use. */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `darcha ${purpose}`, 32));
}

function toPlace(head: Buffer, of: string): Buffer {
  return Buffer.concat([head, Buffer.from(of, 'utf8')]);
}
