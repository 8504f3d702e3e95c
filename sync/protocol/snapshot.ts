import { z } from 'zod';

/**
 * `GET /v1/snapshots/{collection}`: the newest packed copy of the stream, for a station that has nothing of it.
 *
 * The bytes are at `GET /v1/snapshots/{collection}/{sha256}`, never changed, ranges of them too. Unpacked (brotli)
 * they are lines: each a document as a page of `pull` has it, an own event with its body too. What came after `asOf`
 * is pulled. A short stream has none (404); one that is being made is asked for again (503).
 */
export const SnapshotAnswer = z.object({
  epoch: z.string().max(60),
  asOf: z.int().positive(),
  /** Of the packed bytes. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  /** How many lines it has. */
  rows: z.int().nonnegative(),
  /** Of `events`: the base64 chain at `asOf`. */
  chain: z.string().max(60),
});
export type SnapshotAnswer = z.infer<typeof SnapshotAnswer>;

/** Streams that are long enough to be packed; the others are a few pages. */
export const SnapshotCollection = z.enum(['events', 'cases']);
export type SnapshotCollection = z.infer<typeof SnapshotCollection>;
