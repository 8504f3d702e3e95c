import { z } from 'zod';

/** Codes of refusals; the screen has the words. Status codes as in `sync/protocol/README`. */
export const ErrorCode = z.enum([
  'bad-request', // 400: a bug of the sender's
  'unauthorised', // 401: no token, or one we do not know
  'device-revoked', // 403
  'not-allowed', // 403: outside this device's scope
  'not-found', // 404
  'gap', // 409: `expected` is the number to go on from
  'must-refetch', // 409: another epoch; drop the copy of the centre's data and pull from 0
  'too-large', // 413
  'unreadable', // 422: the envelope cannot be parsed
  'update-needed', // 426: `min` and `max` are the versions served
  'too-many', // 429
  'internal', // 500
  'unavailable', // 503
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** The body of every answer that is not a 2xx. Says nothing of a citizen. */
export const ErrorAnswer = z.object({
  error: ErrorCode,
  /** For people who read logs; never shown to a clerk. */
  detail: z.string().max(500).optional(),
  expected: z.int().positive().optional(),
  min: z.int().optional(),
  max: z.int().optional(),
  retryAfterSeconds: z.number().optional(),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;
