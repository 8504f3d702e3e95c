import { z } from 'zod';
import { Collection } from './collection.ts';

const epoch = z.string().max(60);

/**
 * `POST /v1/verify`: what a station's copy comes to, for the centre to compare with its own.
 *
 * Of events, points of the chain as the station computed it anew (base64). Of a state stream that was read to
 * `cursor`, the hash of its rows: see `toRowsHash`.
 */
export const VerifyAsk = z.union([
  z.object({
    epoch,
    collection: z.literal('events'),
    points: z
      .array(z.object({ seq: z.int().positive(), chain: z.string().max(60) }))
      .min(1)
      .max(100),
  }),
  z.object({
    epoch,
    collection: Collection.exclude(['events']),
    cursor: z.int().nonnegative(),
    rows: z.string().max(64),
  }),
]);
export type VerifyAsk = z.infer<typeof VerifyAsk>;

export const VerifyAnswer = z.union([
  /** Proved up to here; 0 where nothing could be compared, as the stream has moved on. */
  z.object({ ok: z.literal(true), upTo: z.int().nonnegative() }),
  /** Up to here the copy is right; 0 where nothing is known of it. */
  z.object({ ok: z.literal(false), lastGood: z.int().nonnegative() }),
]);
export type VerifyAnswer = z.infer<typeof VerifyAnswer>;
