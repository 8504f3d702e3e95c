import { z } from 'zod';

/**
 * `POST /v1/offer`: what a station holds of the stream that a server restored from an older copy has lost.
 *
 * Events of every desk of the centre, in the order of the lost stream and as it had them. `chain` is the base64
 * chain of the station's copy at `since`: only who has the history of the restored server may go on with it.
 */
export const OfferAsk = z.object({
  epoch: z.string().max(60),
  since: z.int().nonnegative(),
  chain: z.string().max(60),
  events: z
    .array(
      z.looseObject({
        seq: z.int().positive(),
        device: z.string().max(60),
        n: z.int().positive(),
        status: z.string().max(20),
        code: z.string().max(60).optional(),
      }),
    )
    .min(1)
    .max(500),
});
export type OfferAsk = z.infer<typeof OfferAsk>;

/** How many of them the server did not have. */
export const OfferAnswer = z.object({ taken: z.int().nonnegative() });
export type OfferAnswer = z.infer<typeof OfferAnswer>;
