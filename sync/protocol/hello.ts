import { z } from 'zod';
import { DeskState } from '#model/desk-report';
import { Heads } from './collection.ts';

/** `POST /v1/hello`: what a station tells of itself. */
export const HelloAsk = z.object({ protocol: z.int().positive(), state: DeskState });
export type HelloAsk = z.infer<typeof HelloAsk>;

export const HelloAnswer = z.object({
  /** Cursors of another epoch mean nothing. A database gets one; whoever puts back an older one renews it. */
  epoch: z.string().max(60),
  /** Epoch ms; a station's clock is judged by it. */
  serverTime: z.int(),
  protocol: z.object({ min: z.int(), max: z.int() }),
  limits: z.object({ bodyBytes: z.int(), events: z.int(), fileBytes: z.int() }),
  heads: Heads,
  /** The server was restored from an older copy lately, and this is where that copy's events end: see `offer.ts`. */
  restored: z.object({ since: z.int().nonnegative() }).optional(),
  /** Highest event number of this device that the centre has. */
  lastN: z.int().nonnegative(),
});
export type HelloAnswer = z.infer<typeof HelloAnswer>;
