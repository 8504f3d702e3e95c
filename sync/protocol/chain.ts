import { sha256 } from '@noble/hashes/sha2';
import type { CentralEvent } from '#model/case-event';

/** SHA-256 of bytes, or of a text in UTF-8. */
type Sha256 = (input: Uint8Array | string) => Uint8Array;

type NextChain = (chain: Uint8Array, event: CentralEvent) => Uint8Array;

/**
 * The rolling hash of an event stream: `chain(k) = sha256(chain(k-1) ‖ sha256(canonical event k))`.
 *
 * Both ends compute it, so a missing, doubled or altered event shows at the next pull. The chain of an
 * empty stream is no bytes at all.
 */
export const nextChain: NextChain = createNextChain(sha256);

/** The same by another SHA-256, where a platform has a faster one. */
export function createNextChain(hash: Sha256): NextChain {
  return (chain, event) => {
    const digest = hash(toCanonicalJson(event));
    const joined = new Uint8Array(chain.length + digest.length);
    joined.set(chain);
    joined.set(digest, chain.length);
    return hash(joined);
  };
}

/** JSON with the keys of every object in code-unit order and `undefined` left out. */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((it) => toCanonicalJson(it ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const it = (value as Record<string, unknown>)[key];
    if (it !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${toCanonicalJson(it)}`;
  }
  return `{${text}}`;
}
