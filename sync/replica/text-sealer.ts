/**
 * Makes texts unreadable to whoever has the disk and not the key.
 *
 * `of` says what a text is and where it stands: sealed for one place it does not open at another.
 */
export interface TextSealer {
  seal(text: string, of: string): Promise<string>;
  /** `null`: altered, of another place, or sealed with another key. Never rejects. */
  open(sealed: string, of: string): Promise<string | null>;
}

const VERSION = 1;
const IV_BYTES = 12;
const HEAD_BYTES = 1 + IV_BYTES;
/** So many arguments a function takes at once. */
const PART = 8_192;
const toText = String.fromCharCode;

/**
 * AES-256-GCM by WebCrypto: version, random iv, ciphertext and tag, a letter below U+0100 for each byte.
 *
 * Such a text takes a byte for each letter in IndexedDB, where base64 takes a third more.
 */
export async function createTextSealer(key: Uint8Array<ArrayBuffer>): Promise<TextSealer> {
  const { subtle } = crypto;
  const secret = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  return {
    async seal(text, of) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const additionalData = encoder.encode(of);
      const sealed = await subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData },
        secret,
        encoder.encode(text),
      );
      return String.fromCharCode(VERSION) + toLetters(iv) + toLetters(new Uint8Array(sealed));
    },
    async open(sealed, of) {
      if (sealed.charCodeAt(0) !== VERSION) return null;
      const bytes = toBytes(sealed);
      const [iv, additionalData] = [bytes.subarray(1, HEAD_BYTES), encoder.encode(of)];
      try {
        const algorithm = { name: 'AES-GCM', iv, additionalData };
        return decoder.decode(await subtle.decrypt(algorithm, secret, bytes.subarray(HEAD_BYTES)));
      } catch {
        return null;
      }
    },
  };
}

function toLetters(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += PART) {
    // Spread in its place takes six times as long: it asks an iterator for each byte.
    text += toText.apply(null, bytes.subarray(from, from + PART) as never);
  }
  return text;
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
