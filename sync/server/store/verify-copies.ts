import type { VerifyAnswer, VerifyAsk } from '#protocol/verify';
import { type Query, toPlaces } from './sql.ts';
import { COUNTRY } from './streams.ts';

type Points = Extract<VerifyAsk, { collection: 'events' }>['points'];
type RowsAsk = Exclude<VerifyAsk, { collection: 'events' }>;

/** Compares points of a station's chain with ours. A point that is not kept here any more proves nothing. */
export async function verifyEvents(query: Query, centreId: number, points: Points): Promise<VerifyAnswer> {
  const sorted = [...points].sort((a, b) => a.seq - b.seq);
  const found = await query.query<{ head: number; seq: number | null; chain: string | null }>(
    `select head, e.seq, e.chain from stream s
       left join event e on e.centre_id = s.centre_id and e.seq in (${toPlaces(sorted, 2)})
      where s.centre_id = $1 and s.coll = 'events'`,
    [centreId, ...sorted.map((it) => it.seq)],
  );
  const head = found[0]?.head ?? 0;
  const chains = new Map(found.map((it) => [it.seq, it.chain]));
  let good = 0;
  for (const { seq, chain } of sorted) {
    const ours = chains.get(seq);
    if (seq > head || (ours !== undefined && ours !== chain)) return { ok: false, lastGood: good };
    if (ours !== undefined) good = seq;
  }
  return { ok: true, upTo: good };
}

/** A state stream can be compared at its head alone: what was superseded since is not there to be counted. */
export async function verifyRows(
  query: Query,
  centreId: number,
  { collection, cursor, rows }: RowsAsk,
): Promise<VerifyAnswer> {
  const isCountry = collection === 'services' || collection === 'reference';
  const list =
    collection === 'cases'
      ? 'select seq, case_id as id from case_doc where centre_id = $1'
      : 'select seq, id from doc where centre_id = $1 and coll = $2 and not deleted';
  const [found] = await query.query<{ head: number; hash: string }>(
    `select head, (select encode(sha256(convert_to(
        coalesce(string_agg(seq || ' ' || id, chr(10) order by seq), ''), 'UTF8')), 'hex') from (${list}) row) as hash
       from stream where centre_id = $1 and coll = $2`,
    [isCountry ? COUNTRY : centreId, collection],
  );
  const head = found?.head ?? 0;
  if (head < cursor) return { ok: false, lastGood: 0 };
  if (found === undefined || head > cursor) return { ok: true, upTo: 0 };
  return found.hash === rows ? { ok: true, upTo: cursor } : { ok: false, lastGood: 0 };
}
