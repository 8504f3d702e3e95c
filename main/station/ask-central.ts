import { z } from 'zod';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import type { CentralForward } from './central-forward.ts';
import { inOnePiece } from './own-answer.ts';

const MOST_BYTES = 1_000_000;
const Refused = z.object({ error: z.string().max(60), erase: z.literal(true).optional() });

export type Read<T> =
  | { outcome: 'ok'; answer: T }
  | { outcome: 'refused'; status: number; code: string; erase: boolean; retryAfterSeconds: number | null }
  | { outcome: 'offline' }
  /** Something answered that is not our server. */
  | { outcome: 'not-central' };

type Question = { path: string; body?: object; headers?: Record<string, string> };
export type Said = { status: number; headers: Record<string, string>; json: unknown };

/** A question of the station's own to the centre, small both ways; `null`: no line, or it was cut. Never rejects. */
export async function sendToCentral(
  forward: CentralForward,
  { path, body, headers }: Question,
  signal: AbortSignal,
): Promise<Said | null> {
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
        ...headers,
      },
      body: bytes === null ? null : inOnePiece(bytes),
      signal,
    });
    const text = await readText(answer.body);
    if (answer.headers['darcha-station'] === 'unreachable') return null;
    return { status: answer.status, headers: answer.headers, json: toJson(text) };
  } catch {
    return null;
  }
}

/** The same, with the answer that is expected. */
export async function askCentral<T>(
  forward: CentralForward,
  { schema, ...question }: Question & { schema: z.ZodType<T> },
  signal: AbortSignal,
): Promise<Read<T>> {
  const said = await sendToCentral(forward, question, signal);
  if (said === null) return { outcome: 'offline' };
  const { status, headers, json } = said;
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
