import { z } from 'zod';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import type { CentralForward } from './central-forward.ts';
import { type ForwardAnswer, inOnePiece } from './own-answer.ts';

const MOST_BYTES = 1_000_000;
const Refused = z.object({ error: z.string().max(60), erase: z.literal(true).optional() });

export type Read<T> =
  | { outcome: 'ok'; answer: T }
  | { outcome: 'refused'; status: number; code: string; erase: boolean; retryAfterSeconds: number | null }
  | { outcome: 'offline' }
  /** Something answered that is not our server. */
  | { outcome: 'not-central' };

/** A question of the station's own to the centre, small both ways; never rejects. */
export async function askCentral<T>(
  forward: CentralForward,
  { path, body, schema }: { path: string; body?: object; schema: z.ZodType<T> },
  signal: AbortSignal,
): Promise<Read<T>> {
  try {
    const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body));
    const answer = await forward({
      method: bytes === null ? 'GET' : 'POST',
      path,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(bytes === null
          ? {}
          : { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
      },
      body: bytes === null ? null : inOnePiece(bytes),
      signal,
    });
    return await readAnswer(answer, schema);
  } catch {
    return { outcome: 'offline' };
  }
}

async function readAnswer<T>(
  { status, headers, body }: ForwardAnswer,
  schema: z.ZodType<T>,
): Promise<Read<T>> {
  const text = await readText(body);
  if (headers['darcha-station'] === 'unreachable') return { outcome: 'offline' };
  const json = toJson(text);
  if (status >= 200 && status < 300) {
    const answer = schema.safeParse(json);
    return answer.success ? { outcome: 'ok', answer: answer.data } : { outcome: 'not-central' };
  }
  const refused = Refused.safeParse(json);
  if (!refused.success) return { outcome: 'not-central' };
  const retryAfterSeconds = Number(headers['retry-after'] ?? Number.NaN);
  return {
    outcome: 'refused',
    status,
    code: refused.data.error,
    erase: refused.data.erase === true,
    retryAfterSeconds: Number.isNaN(retryAfterSeconds) ? null : retryAfterSeconds,
  };
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) break;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
