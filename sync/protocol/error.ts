import { z } from 'zod';

/** Codes of refusals; the screen has the words. Status codes as in `sync/protocol/README`. */
export const ErrorCode = z.enum([
  'bad-request', // 400: a bug of the sender's
  'unauthorised', // 401: no token, or one we do not know
  'device-revoked', // 403
  'not-allowed', // 403: outside this device's scope
  'bad-signature', // 403: of a push: it is not this device's, or not of these events
  'not-found', // 404
  'gap', // 409: `expected` is the number to go on from
  'must-refetch', // 409: the copy that this cursor is of is of no use any more, `reason` says why
  'too-large', // 413
  'unreadable', // 422: the envelope cannot be parsed
  'update-needed', // 426: `min` and `max` are the versions served
  'too-many', // 429
  'internal', // 500
  'unavailable', // 503
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/**
 * Why a copy must be fetched anew.
 *
 * `epoch`: the server was put back to an older copy; the next hello says more. `compacted`: what was taken away after
 * this cursor is not known any more; that collection alone is read from 0. `scope`: the cursor is
 * of another stream.
 */
export const RefetchReason = z.enum(['epoch', 'compacted', 'scope']);
export type RefetchReason = z.infer<typeof RefetchReason>;

/** The body of every answer that is not a 2xx. Says nothing of a citizen. */
export const ErrorAnswer = z.object({
  error: ErrorCode,
  /** For people who read logs; never shown to a clerk. */
  detail: z.string().max(500).optional(),
  expected: z.int().positive().optional(),
  reason: RefetchReason.optional(),
  /** Of `device-revoked`, to the holder of the desk's key alone: what is sealed there is to be opened no more. */
  erase: z.literal(true).optional(),
  min: z.int().optional(),
  max: z.int().optional(),
  retryAfterSeconds: z.number().optional(),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;
