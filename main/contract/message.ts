import { z } from 'zod';

const id = z.int().positive();

/** Why an ask was not answered. The screen has the words. */
export const WireErrorCode = z.enum([
  /** The other end does not know this name: an older or newer build. */
  'unknown-name',
  /** The ask, or the bytes with it, do not fit the contract. */
  'bad-ask',
  /** A bug in the station; its log has more. */
  'failed',
  /** The asker cancelled. */
  'cancelled',
]);
export type WireErrorCode = z.infer<typeof WireErrorCode>;

/** What a screen sends. A stream is asked for its next item when the last was taken. */
export const AskMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id, name: z.string(), ask: z.unknown() }),
  z.object({ type: z.literal('stream'), id, name: z.string(), ask: z.unknown() }),
  z.object({ type: z.literal('next'), id }),
  z.object({ type: z.literal('cancel'), id }),
]);
export type AskMessage = z.infer<typeof AskMessage>;

/** What a station sends back. `answer` ends a call, `done` a stream, `error` either. */
export const AnswerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id, answer: z.unknown() }),
  z.object({ type: z.literal('item'), id, answer: z.unknown() }),
  z.object({ type: z.literal('done'), id }),
  z.object({ type: z.literal('error'), id, code: WireErrorCode }),
]);
export type AnswerMessage = z.infer<typeof AnswerMessage>;
