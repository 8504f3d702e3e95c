import { type Query, type Sql, toValues } from '../../../sync/server/store/sql.ts';
import { CENTRES, STATIONS, type Station } from './nation-day.ts';

type Row = Record<string, unknown>;

/** What one push wrote: rows of every table, as they lie there. */
export type Written = { events: Row[]; cases: Row[]; desk: Row; streams: Row[] };

/** Tables of the same columns, keys and indexes, for what is written barely. */
export async function makeFloorTables(sql: Sql): Promise<void> {
  for (const name of ['event', 'case_doc']) {
    await sql.query(`create table floor_${name} (like ${name} including all)`);
  }
  for (const name of ['stream', 'device']) {
    await sql.query(`create table floor_${name} (like ${name} including all) with (fillfactor = 50)`);
    await sql.query(`insert into floor_${name} select * from ${name}`);
  }
}

export async function emptyFloorTables(sql: Sql): Promise<void> {
  await sql.query('truncate floor_event, floor_case_doc');
}

/** What the pushes of a round wrote, push by push. */
export async function readWritten(
  sql: Sql,
  stations: readonly Station[],
  { round, batch, cases }: { round: number; batch: number; cases: number },
): Promise<Written[]> {
  const read = (table: string, many: number) =>
    sql.query<Row>(`select * from ${table} where seq > $1 and seq <= $2 order by centre_id, seq`, [
      STATIONS * many * round,
      STATIONS * many * (round + 1),
    ]);
  const [events, docs] = [await read('event', batch), await read('case_doc', cases)];
  return stations.map((_, station) => {
    // Neighbours in the row are of different centres, as those that push are: else they wait for one stream.
    const index = (station % CENTRES) * STATIONS + Math.floor(station / CENTRES);
    const own = events.slice(index * batch, (index + 1) * batch);
    const touched = docs.slice(index * cases, (index + 1) * cases);
    const { centre_id, device_id, seq, n, chain, received_at } = own.at(-1) ?? {};
    return {
      events: own,
      cases: touched,
      desk: { centre_id, device_id, last_n: n, last_contact_at: received_at },
      streams: [
        { centre_id, coll: 'events', head: seq, chain },
        { centre_id, coll: 'cases', head: touched.at(-1)?.seq, chain: '' },
      ],
    };
  });
}

export const FLOORS = {
  'the rows of every table it writes': (sql: Sql, it: Written) =>
    sql.transaction((query) => insertAll(query, it)),
  'its events and cases': (sql: Sql, it: Written) =>
    sql.transaction(async (query) => {
      void insert(query, 'floor_event', it.events);
      void insert(query, 'floor_case_doc', it.cases);
    }),
  'its events alone': (sql: Sql, it: Written) => insert(sql, 'floor_event', it.events),
} as const;

/** One transaction as a client would have it at best: nothing is waited for but the commit. */
async function insertAll(query: Query, { events, cases, desk, streams }: Written): Promise<void> {
  void query.query(
    'update floor_device set last_n = $3, last_contact_at = $4 where centre_id = $1 and device_id = $2',
    [desk.centre_id, desk.device_id, desk.last_n, desk.last_contact_at],
  );
  const { text, values } = toValues(streams.map((it) => [it.centre_id, it.coll, it.head, it.chain]));
  void query.query(
    `insert into floor_stream (centre_id, coll, head, chain) values ${text}
     on conflict (centre_id, coll) do update set head = excluded.head, chain = excluded.chain`,
    values,
  );
  void insert(query, 'floor_event', events);
  void insert(query, 'floor_case_doc', cases);
}

function insert(query: Query, table: string, batch: readonly Row[]): Promise<unknown> {
  const names = Object.keys(batch[0] ?? {});
  const rows = batch.map((row) =>
    names.map((it) => (it === 'event' || it === 'doc' ? JSON.stringify(row[it]) : row[it])),
  );
  const { text, values } = toValues(rows);
  return query.query(`insert into ${table} (${names.join(',')}) values ${text}`, values);
}
