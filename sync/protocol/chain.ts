import { sha256 } from '@noble/hashes/sha2';
import type { CentralEvent } from '#model/case-event';

/**
 * The rolling hash of an event stream: `chain(k) = sha256(chain(k-1) ‖ sha256(canonical event k))`.
 *
 * Both ends compute it, so a missing, doubled or altered event shows at the next pull. The chain of an
 * empty stream is no bytes at all.
 */
export function nextChain(chain: Uint8Array, event: CentralEvent): Uint8Array {
  const digest = sha256(new TextEncoder().encode(toCanonicalJson(event)));
  const joined = new Uint8Array(chain.length + digest.length);
  joined.set(chain);
  joined.set(digest, chain.length);
  return sha256(joined);
}

/** JSON with the keys of every object in code-unit order and `undefined` left out. */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((it) => toCanonicalJson(it ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, it]) => it !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, it]) => `${JSON.stringify(key)}:${toCanonicalJson(it)}`).join(',')}}`;
}
