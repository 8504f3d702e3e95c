import { z } from 'zod';

/** An Ed25519 signature, 64 bytes as base64url. */
export const Signature = z.string().regex(/^[\w-]{86}$/);

/** Numbers `from` to `to` of a device, and the lower-case hex SHA-256 of what its events say. */
export type Stretch = { device: string; from: number; to: number; hash: string };

/**
 * What a device signs when it sends events: whose they are, which numbers, and the hash of what they say.
 *
 * One signature speaks for a whole push: on a thin line 64 random bytes for every event would be as much as the event.
 * The hash is of the canonical JSON of each event as it is sent, in order, with a line break between two.
 */
export function toStatement({ device, from, to, hash }: Stretch): string {
  return `darcha-push-1\n${device}\n${from}\n${to}\n${hash}`;
}
