import type { Heads } from '#protocol/collection';
import type { Query } from './sql.ts';

/** What belongs to the whole country and to no centre. */
export const COUNTRY = 0;

export type StreamState = { head: number; chain: string };

/** Takes the stream for this transaction: from here to the commit nobody else gives its numbers. */
export async function lockStream(query: Query, centreId: number, coll: string): Promise<StreamState> {
  const lock = 'select head, chain from stream where centre_id = $1 and coll = $2 for update';
  const found = await query.query<StreamState>(lock, [centreId, coll]);
  if (found[0] !== undefined) return found[0];
  await query.query('insert into stream (centre_id, coll) values ($1, $2) on conflict do nothing', [
    centreId,
    coll,
  ]);
  const made = await query.query<StreamState>(lock, [centreId, coll]);
  if (made[0] === undefined) throw new Error('a stream row could not be made');
  return made[0];
}

export async function moveStream(
  query: Query,
  centreId: number,
  coll: string,
  { head, chain }: StreamState,
): Promise<void> {
  await query.query('update stream set head = $3, chain = $4 where centre_id = $1 and coll = $2', [
    centreId,
    coll,
    head,
    chain,
  ]);
}

export async function getStream(query: Query, centreId: number, coll: string): Promise<StreamState> {
  const rows = await query.query<StreamState>(
    'select head, chain from stream where centre_id = $1 and coll = $2',
    [centreId, coll],
  );
  return rows[0] ?? { head: 0, chain: '' };
}

export const EMPTY_HEADS: Readonly<Required<Heads>> = {
  events: 0,
  cases: 0,
  services: 0,
  reference: 0,
  staff: 0,
};

const OF_CENTRE: readonly string[] = ['events', 'cases', 'staff'];
const OF_COUNTRY: readonly string[] = ['services', 'reference'];

/** Whether a device of a centre may read a stream. */
export function isReadable(centreId: number, stream: { centreId: number; coll: string }): boolean {
  if (stream.centreId === centreId && OF_CENTRE.includes(stream.coll)) return true;
  return stream.centreId === COUNTRY && OF_COUNTRY.includes(stream.coll);
}

/** How many streams there are of a collection, and the sum of their heads. */
export function readStreamTotals(query: Query): Promise<{ coll: string; streams: number; heads: number }[]> {
  return query.query(
    `select coll, count(*)::bigint as streams, sum(head)::bigint as heads from stream group by coll order by coll`,
  );
}

/** Heads of all streams that a device of this centre may read. */
export async function readHeads(query: Query, centreId: number): Promise<Heads> {
  const rows = await query.query<{ coll: keyof Heads; head: number }>(
    `select coll, head from stream
      where (centre_id = $1 and coll in ('events', 'cases', 'staff'))
         or (centre_id = ${COUNTRY} and coll in ('services', 'reference'))`,
    [centreId],
  );
  const heads: Heads = { ...EMPTY_HEADS };
  for (const { coll, head } of rows) heads[coll] = head;
  return heads;
}
