import { type Credential, CredentialsAnswer } from '#protocol/credentials';
import { sendToCentral } from './ask-central.ts';
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
  const headers = etag === null ? {} : { 'if-none-match': etag };
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const said = await sendToCentral(forward, { path: CREDENTIALS_PATH, headers }, patience);
  if (said?.status === 304 && etag !== null) return { outcome: 'unchanged', at: toTime(said.headers.date) };
  const answer = said?.status === 200 ? CredentialsAnswer.safeParse(said.json) : null;
  if (said === null || !answer?.success) return { outcome: 'offline' };
  const { asOf, people } = answer.data;
  return { outcome: 'answered', people, etag: said.headers.etag ?? null, at: asOf };
}

function toTime(date: string | undefined): number | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : time;
}
