import { Readable } from 'node:stream';

export type ForwardAnswer = {
  status: number;
  headers: Record<string, string>;
  /** Breaks off with an error where the centre's answer did. */
  body: AsyncIterable<Uint8Array>;
};

/** What an answer may be in a window: data, never a page of our origin. */
export const ANSWER_GUARDS = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** What the station says where the centre says nothing. */
export function ownAnswer(
  status: number,
  error: string,
  retryAfterSeconds: number | null = null,
): ForwardAnswer {
  const headers = {
    ...ANSWER_GUARDS,
    'content-type': 'application/json',
    'darcha-station': error,
    ...(retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
  return { status, headers, body: Readable.from([Buffer.from(JSON.stringify({ error }))]) };
}

export async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Nobody wants what it says; its connection is free afterwards. */
export async function drain(answer: ForwardAnswer): Promise<void> {
  for await (const _ of answer.body);
}
