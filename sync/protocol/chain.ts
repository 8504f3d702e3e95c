import { sha256 } from '@noble/hashes/sha2';
import type { CentralEvent } from '#model/case-event';

/**
 * The rolling hash of an event stream: `chain(k) = sha256(chain(k-1) ‖ sha256(canonical event k))`.
 *
 * Both ends compute it, so a missing, doubled or altered event shows at the next pull. The chain of an
 * empty stream is no bytes at all.
 */
export function nextChain(chain: Uint8Array, event: CentralEvent): Uint8Array {
  const digest = sha256(toCanonicalJson(event));
  const joined = new Uint8Array(chain.length + digest.length);
  joined.set(chain);
  joined.set(digest, chain.length);
  return sha256(joined);
}

/** JSON with the keys of every object in code-unit order and `undefined` left out. */
export function toCanonicalJson(value: unknown): string {
  const ordered = toOrdered(value);
  return ordered === UNORDERED ? writeOrdered(value) : JSON.stringify(ordered ?? null);
}

/** An object that cannot be had in the order that is wanted. */
const UNORDERED = Symbol();

/** A copy whose keys stand in order, so that the whole of it is written in one go. */
function toOrdered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map(toOrdered);
    return list.includes(UNORDERED) ? UNORDERED : list;
  }
  const ordered: Record<string, unknown> = {};
  for (const key of sortFew(Object.keys(value))) {
    if (isOddKey(key)) return UNORDERED;
    const it = toOrdered((value as Record<string, unknown>)[key]);
    if (it === UNORDERED) return UNORDERED;
    ordered[key] = it;
  }
  return ordered;
}

/** Numbers go before all other keys of an object, whenever they were set; `__proto__` is not set at all. */
function isOddKey(key: string): boolean {
  const first = key.charCodeAt(0);
  return (first >= 0x30 && first <= 0x39) || key === '__proto__';
}

/** Keys of an event are a handful and mostly in order. */
function sortFew(keys: string[]): string[] {
  if (keys.length > 32) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string;
    let to = at;
    for (; to > 0 && (keys[to - 1] as string) > key; to -= 1) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}

function writeOrdered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((it) => writeOrdered(it ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const it = (value as Record<string, unknown>)[key];
    if (it !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${writeOrdered(it)}`;
  }
  return `{${text}}`;
}
