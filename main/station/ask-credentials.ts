import { type Credential, CredentialsAnswer } from '#protocol/credentials';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import type { CentralForward } from './central-forward.ts';

const CREDENTIALS_PATH = '/v1/credentials';

const PATIENCE_MS = 15_000;

/** `at` is the centre's time; `null` where it did not say. */
export type CredentialsOutcome =
  | { outcome: 'answered'; people: Credential[]; etag: string | null; at: number }
  | { outcome: 'unchanged'; at: number | null }
  | { outcome: 'offline' };

/** By what the people of this centre are known. What is no answer of the centre's says nothing. */
export async function askCredentials(
  forward: CentralForward,
  etag: string | null,
  signal: AbortSignal,
): Promise<CredentialsOutcome> {
  try {
    const answer = await forward({
      method: 'GET',
      path: CREDENTIALS_PATH,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      body: null,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.body) pieces.push(piece);
    if (answer.status === 304 && etag !== null)
      return { outcome: 'unchanged', at: toTime(answer.headers.date) };
    if (answer.status !== 200) return { outcome: 'offline' };
    const { asOf, people } = CredentialsAnswer.parse(JSON.parse(Buffer.concat(pieces).toString('utf8')));
    return { outcome: 'answered', people, etag: answer.headers.etag ?? null, at: asOf };
  } catch {
    return { outcome: 'offline' };
  }
}

function toTime(date: string | undefined): number | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : time;
}
