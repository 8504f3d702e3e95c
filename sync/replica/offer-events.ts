import type { Answered, Central, Failure } from '#protocol/central';
import { nextChain } from '#protocol/chain';
import type { HelloAnswer } from '#protocol/hello';
import type { OfferAnswer } from '#protocol/offer';
import { countBytes } from './byte-budget.ts';
import { encodeBase64 } from './check-page.ts';
import type { EventRow } from './database.ts';

const AT_ONCE = 500;
/** Around the events in an offer. */
const ENVELOPE_BYTES = 1_024;

export type Offering = {
  central: Central;
  maxBodyBytes(): number;
  readRows(range: { after: number; upTo: number }): Promise<readonly EventRow[]>;
};

/**
 * Brings a restored server what our copy of its lost stream has and it has not, also of other desks: one of
 * them may never come back. To be called before the copy is dropped. Answers how many were new to it.
 */
export async function offerEvents(
  { central, maxBodyBytes, readRows }: Offering,
  { epoch, restored }: HelloAnswer,
  signal: AbortSignal,
): Promise<{ outcome: 'offered'; taken: number } | Failure> {
  if (restored === undefined) return { outcome: 'offered', taken: 0 };
  const { since } = restored;
  let chain: string | null = null;
  let taken = 0;
  // By the rows and not by the cursor: of a page that was written when the power went there is none.
  for (let after = since; ; ) {
    const rows = await readRows({ after, upTo: after + AT_ONCE });
    const events = takeWhatFits(rows, maxBodyBytes() - ENVELOPE_BYTES);
    const last = events.at(-1);
    if (last === undefined) return { outcome: 'offered', taken };
    chain ??= await chainAt(readRows, since);
    const answer: Answered<OfferAnswer> = await central.offer({ epoch, since, chain, events }, signal);
    if (answer.outcome !== 'ok') return answer;
    taken += answer.answer.taken;
    after = last.seq;
  }
}

type Offered = { seq: number; device: string; n: number; status: string };

function takeWhatFits(rows: readonly EventRow[], bytes: number): Offered[] {
  const events: Offered[] = [];
  let used = 0;
  for (const { event } of rows) {
    used += countBytes(JSON.stringify(event)) + 1;
    if (used > bytes && events.length > 0) break;
    events.push(event as Offered);
  }
  return events;
}

/** What we hold proves itself from the start on: the chain of a point in between is kept nowhere. */
async function chainAt(readRows: Offering['readRows'], seq: number): Promise<string> {
  let chain: Uint8Array = new Uint8Array();
  for (let after = 0; after < seq; after += AT_ONCE) {
    const rows = await readRows({ after, upTo: Math.min(after + AT_ONCE, seq) });
    chain = rows.reduce<Uint8Array>((so, { event }) => nextChain(so, event as never), chain);
  }
  return encodeBase64(chain);
}
