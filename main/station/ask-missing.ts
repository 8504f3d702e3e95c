import { z } from 'zod';
import type { CentralForward } from './central-forward.ts';

const Answer = z.object({ missing: z.array(z.string()) });
const PATIENCE_MS = 60_000;

export type MissingOutcome = { outcome: 'answered'; missing: string[] } | { outcome: 'offline' };

/** Which of these files the centre has not. What is no answer of the centre's says nothing. */
export async function askMissing(
  forward: CentralForward,
  sha256: readonly string[],
  signal: AbortSignal,
): Promise<MissingOutcome> {
  try {
    const answer = await forward({
      method: 'POST',
      path: '/v1/files/missing',
      headers: { 'darcha-protocol': '1', 'content-type': 'application/json' },
      body: inOnePiece(Buffer.from(JSON.stringify({ sha256 }))),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.body) pieces.push(piece);
    if (answer.status !== 200) return { outcome: 'offline' };
    const { missing } = Answer.parse(JSON.parse(Buffer.concat(pieces).toString('utf8')));
    return { outcome: 'answered', missing: sha256.filter((it) => missing.includes(it)) };
  } catch {
    return { outcome: 'offline' };
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
