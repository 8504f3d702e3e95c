import type { Case } from '#model/case';
import type { CaseEvent, EventStatus } from '#model/case-event';
import { linkEvents } from './chain.ts';
import type { Query } from './sql.ts';
import type { StreamState } from './streams.ts';

/** An event in its place in the stream; `sent`: its canonical JSON as it was sent, which may say more than this program knows. */
export type Placed = {
  event: CaseEvent;
  eventId: string | null;
  sent: string;
  isStandIn?: true;
  status: EventStatus;
  code?: string;
};

type Teller = {
  centreId: number;
  device: string;
  events: readonly { n: number }[];
  signature?: string | undefined;
  now: number;
  isOffered?: true;
};

/**
 * Writes what came of a push, in one statement: the events, the cases with the next numbers of their stream, and both
 * heads. Lists go as one parameter each, so the statement is the same for any number of rows and stays prepared.
 * It is not waited for: it travels with the commit, which fails where it failed.
 */
export function writePush(
  query: Query,
  teller: Teller,
  { head, chain }: StreamState,
  { placed, cases }: { placed: readonly Placed[]; cases: readonly Case[] },
): void {
  const { centreId, device, now, isOffered } = teller;
  const links = linkEvents({ head, chain }, placed);
  keepSignature(query, teller);
  void query.query(WRITE, [
    centreId,
    head + placed.length,
    links.at(-1)?.chain ?? chain,
    device,
    placed.at(-1)?.event.n ?? 0,
    // Whoever offers a desk's events is not that desk.
    isOffered ? null : now,
    now,
    head,
    toLines(placed.map((it) => String(it.event.n))),
    toLines(placed.map((it) => it.eventId)),
    toLines(placed.map((it) => it.event.caseId)),
    toLines(placed.map((it) => it.status)),
    toLines(placed.map((it) => it.code)),
    toLines(links.map((it) => it.text)),
    toLines(placed.map((it, index) => toRaw(it, links[index]?.text))),
    toLines(links.map((it) => it.chain)),
    cases.length,
    toLines(cases.map((it) => it.id)),
    toLines(cases.map((it) => JSON.stringify(it))),
    toLines(cases.map(toOfferedBy)),
  ]);
}

/** Of all that was sent, replayed or not: it is of one piece. */
function keepSignature(query: Query, { centreId, device, events, signature, now }: Teller): void {
  if (signature === undefined) return;
  void query.query(
    `insert into statement (centre_id, device_id, to_n, from_n, signature, received_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [centreId, device, events.at(-1)?.n, events[0]?.n, signature, now],
  );
}

function toRaw({ sent, isStandIn }: Placed, text: string | undefined): string | null {
  return isStandIn === true || sent !== text ? sent : null;
}

/** The device of each value of a case that waits to be looked at. */
function toOfferedBy({ hasConflicts, conflicts }: Case): string | null {
  return hasConflicts ? JSON.stringify(conflicts.map(({ offeredBy }) => offeredBy.device)) : null;
}

/** A list as one parameter: an array of PostgreSQL would have every quote of the JSON in it escaped. */
function toLines(list: readonly (string | null | undefined)[]): string {
  // Neither JSON nor what columns take of text has a line break in it.
  return list.map((it) => it ?? '').join('\n');
}

/** An empty line is a null. */
function fromLines(place: number): string {
  return `string_to_array($${place}, E'\\n', '')`;
}

const WRITE = `with
 moved as (update stream set head = $2, chain = $3 where centre_id = $1 and coll = 'events'),
 told as (update device set last_n = $5, last_contact_at = coalesce($6, last_contact_at)
           where centre_id = $1 and device_id = $4),
 placed as (
  insert into event (centre_id, seq, device_id, n, event_id, case_id, status, code, event, raw, chain, received_at)
  select $1, $8::bigint + place, $4, n::bigint, event_id, case_id, status, code, event::json, raw::json, chain, $7::bigint
    from unnest(${[9, 10, 11, 12, 13, 14, 15, 16].map(fromLines).join(', ')})
    with ordinality as it (n, event_id, case_id, status, code, event, raw, chain, place)),
 numbered as (
  insert into stream (centre_id, coll, head) select $1, 'cases', $17::bigint where $17 > 0
  on conflict (centre_id, coll) do update set head = stream.head + excluded.head returning head)
insert into case_doc (centre_id, case_id, seq, doc, offered_by)
select $1, case_id, numbered.head - $17 + place, doc::json, offered_by::json
  from numbered, unnest(${[18, 19, 20].map(fromLines).join(', ')}) with ordinality as it (case_id, doc, offered_by, place)
on conflict (centre_id, case_id)
do update set seq = excluded.seq, doc = excluded.doc, offered_by = excluded.offered_by`;
