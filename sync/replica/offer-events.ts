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
  /** How far our copy of the stream goes. */
  cursor(): Promise<number>;
  readRows(range: { after: number; upTo: number }): Promise<readonly EventRow[]>;
};

/**
 * Brings a restored server what our copy of its lost stream has and it has not, also of other desks: one of
 * them may never come back. To be called before the copy is dropped. Answers how many were new to it.
 */
export async function offerEvents(
  { central, maxBodyBytes, cursor, readRows }: Offering,
  { epoch, restored }: HelloAnswer,
  signal: AbortSignal,
): Promise<{ outcome: 'offered'; taken: number } | Failure> {
  const upTo = await cursor();
  if (restored === undefined || upTo <= restored.since) return { outcome: 'offered', taken: 0 };
  const { since } = restored;
  const chain = await chainAt(readRows, since);
  let taken = 0;
  for (let after = since; after < upTo; ) {
    const rows = await readRows({ after, upTo: Math.min(after + AT_ONCE, upTo) });
    const events = takeWhatFits(rows, maxBodyBytes() - ENVELOPE_BYTES);
    const last = events.at(-1);
    if (last === undefined) break;
    const answer: Answered<OfferAnswer> = await central.offer({ epoch, since, chain, events }, signal);
    if (answer.outcome !== 'ok') return answer;
    taken += answer.answer.taken;
    after = last.seq;
  }
  return { outcome: 'offered', taken };
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
