import { z } from 'zod';
import { type CaseEvent, EventStatus } from '#model/case-event';
import { Heads } from './collection.ts';
import { Signature } from './statement.ts';

/**
 * `POST /v1/push/events`: events of one device, in order of `n`, without a gap.
 *
 * `signature`: by the device's key, of what `toStatement` says of these events; base64url. A device that has a key
 * signs every push, and the centre keeps the signature with them.
 *
 * Each event is parsed alone: one that its schema refuses is stored as `rejected`, so that the
 * device's numbering goes on and nothing behind it waits. Only an envelope that cannot be read is a 422.
 */
export const PushAsk = z.object({
  device: z.string().max(60),
  epoch: z.string().max(60),
  from: z.int().positive(),
  events: z
    .array(z.looseObject({ n: z.int().positive() }))
    .min(1)
    .max(500),
  signature: Signature.optional(),
});
export type PushAsk = {
  device: string;
  epoch: string;
  from: number;
  events: CaseEvent[];
  signature?: string | undefined;
};

export const PushResult = z.object({
  n: z.int().positive(),
  seq: z.int().positive(),
  status: EventStatus,
  code: z.string().max(60).optional(),
});
export type PushResult = z.infer<typeof PushResult>;

export const PushAnswer = z.object({
  lastN: z.int().nonnegative(),
  results: z.array(PushResult),
  heads: Heads,
});
export type PushAnswer = z.infer<typeof PushAnswer>;

/** `POST /v1/push/{collection}`: RxDB's own rows, for small collections that nobody loses sleep over. */
export const RowsAsk = z.object({
  rows: z
    .array(
      z.object({
        assumedMasterState: z.looseObject({ id: z.string() }).nullish(),
        newDocumentState: z.looseObject({ id: z.string(), _deleted: z.boolean().optional() }),
      }),
    )
    .max(500),
});
export type RowsAsk = z.infer<typeof RowsAsk>;

/** The master states of the rows that were refused; empty: all are taken. */
export const RowsAnswer = z.object({ conflicts: z.array(z.looseObject({ id: z.string() })) });
export type RowsAnswer = z.infer<typeof RowsAnswer>;
