import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Without the letters and digits that are mixed up when read aloud. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 32 random bytes as text for a header. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A secret is kept only as this. It has 100 bits and more of its own, so no salt and no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** `7KXM-2PQR-…`, 20 characters of 4.9 bits, to be typed once by a person. */
export function createEnrolmentCode(): string {
  return Array.from({ length: 5 }, () => createText(4)).join('-');
}

/** As a person may have typed it: small letters, spaces, other dashes. */
export function normaliseCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** `ws-4K7Q2M9XZB`; short, since it stands in every event. */
export function createDeviceId(): string {
  return `ws-${createText(10)}`;
}

export function isSameSecret(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(hashSecret(one)), Buffer.from(hashSecret(other))];
  return timingSafeEqual(a, b);
}

function createText(length: number): string {
  let text = '';
  while (text.length < length) {
    // 240 is eight times the alphabet: larger bytes would favour its first letters.
    for (const byte of randomBytes(length)) {
      if (byte < 240 && text.length < length) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}
