import { toCanonicalJson } from '#protocol/chain';
import type { OfferAsk } from '#protocol/offer';
import { isStorableText, PERSON_CODES, parseEvent, type SentEvent } from './parse-event.ts';
import { pushEvents } from './push-events.ts';
import type { Query, Sql } from './sql.ts';

/** What stands in the stream for an event that could not be taken; its words are in the column `raw` alone. */
const STAND_IN_CODES: readonly (string | undefined)[] = ['schema', 'device', 'id-taken'];

type Offered = OfferAsk['events'][number];
type Run = { device: string; events: SentEvent[] };

/**
 * Takes events of any desk of a centre as if their desks had pushed them, in the order of the lost stream.
 *
 * Each desk's numbers go on without a gap, and what is there already is left as it is: two stations may offer
 * the same, and the desk itself may come back later. Answers how many were new.
 */
export async function takeOffer(
  sql: Sql,
  { centreId, events, now }: { centreId: number; events: readonly Offered[]; now: number },
): Promise<number> {
  const before = await countEvents(sql, centreId);
  for (const run of toRuns(events)) await pushEvents(sql, { centreId, ...run, now, isOffered: true });
  return (await countEvents(sql, centreId)) - before;
}

/** Neighbours of one desk with numbers in a row. */
function toRuns(events: readonly Offered[]): Run[] {
  const runs: Run[] = [];
  for (const it of events) {
    const last = runs.at(-1);
    const isNext = last?.device === it.device && last.events.at(-1)?.n === it.n - 1;
    if (last !== undefined && isNext) last.events.push(toSent(it));
    else runs.push({ device: it.device, events: [toSent(it)] });
  }
  return runs;
}

function toSent({ seq: _, status, code, ...event }: Offered): SentEvent {
  const { device, n } = event;
  if (status !== 'rejected' || !STAND_IN_CODES.includes(code)) {
    const sent = parseEvent(device, n, event);
    const judged = status === 'rejected' ? PERSON_CODES.find((it) => it === code) : undefined;
    return sent.outcome === 'event' && judged !== undefined ? { ...sent, judged } : sent;
  }
  const { id, caseId } = event as { id?: unknown; caseId?: unknown };
  // An id of the server's own making: the event's own was not to be had, and the desk still has it.
  const isOwn = isStorableText(id) && !id.startsWith('rejected-');
  const bad = code === 'device' ? 'device' : 'schema';
  return {
    n,
    text: toCanonicalJson(event),
    outcome: 'bad',
    code: bad,
    raw: event,
    id: isOwn ? id : null,
    caseId: isStorableText(caseId) ? caseId : null,
  };
}

async function countEvents(query: Query, centreId: number): Promise<number> {
  const rows = await query.query<{ head: number }>(
    `select head from stream where centre_id = $1 and coll = 'events'`,
    [centreId],
  );
  return rows[0]?.head ?? 0;
}
