import { createEventMaker, SEED } from '../../../sync/server/central.fixture.ts';
import { migrate } from '../../../sync/server/store/migrate.ts';
import { parseEvent } from '../../../sync/server/store/parse-event.ts';
import { openPostgresSql } from '../../../sync/server/store/postgres-sql.ts';
import { pushEvents } from '../../../sync/server/store/push-events.ts';
import { saveSeed } from '../../../sync/server/store/save-seed.ts';
import { type Query, type Sql, toValues } from '../../../sync/server/store/sql.ts';
import { startPostgres } from '../../suites/start-postgres.ts';
import { type Measured, percentile } from '../measured.ts';
import { addStations, CENTRES, STATIONS, type Station } from './nation-day.ts';

const BATCH = 20;
const CONNECTIONS = 16;

/** What a station sends: its making is the station's work. */
type Sent = Station & { texts: string[] };

/** Every station of the country pushes one batch; then the same rows are inserted barely. */
export async function measureNation(
  keep: <T extends { close(): Promise<void> }>(it: T) => T,
): Promise<Measured[]> {
  const postgres = await startPostgres();
  if (postgres.outcome === 'none') throw new Error(`needs PostgreSQL: ${postgres.reason}`);
  keep({ close: () => postgres.stop() });
  const sql = keep(openPostgresSql({ url: postgres.url }));
  await migrate(sql);
  await saveSeed(sql, SEED, { demo: true });
  const stations = await addStations(sql);

  const batchesSent = stations.map(makeBatch);
  const pushed = await timeAll(batchesSent, (sent) => pushBatch(sql, sent));
  await expectDense(sql);
  await sql.query('create table floor_event (like event including all)');
  const rows = await sql.query<Record<string, unknown>>('select * from event order by centre_id, seq');
  const batches = stations.map((_, index) => rows.slice(index * BATCH, (index + 1) * BATCH));
  const floor = await timeAll(batches, (batch) => insertBarely(sql, 'floor_event', batch));
  await sql.query('create table floor_case (like case_doc including all)');
  const docs = await sql.query<Record<string, unknown>>('select * from case_doc order by centre_id, seq');
  const withCases = batches.map((batch, index) => ({ batch, cases: docs.slice(index * 2, index * 2 + 2) }));
  await sql.query('truncate floor_event');
  const fullFloor = await timeAll(withCases, ({ batch, cases }) =>
    sql.transaction(async (query) => {
      await insertBarely(query, 'floor_event', batch);
      await insertBarely(query, 'floor_case', cases);
    }),
  );

  const perThousand = (took: { ms: number }): number => took.ms / ((stations.length * BATCH) / 1000);
  return [
    { name: 'push, 1,000 events (of 5,000 a second)', value: perThousand(pushed), unit: 'ms', target: 200 },
    {
      name: 'push, 1,000 events, beside bare inserts',
      value: perThousand(pushed),
      unit: 'ms',
      floor: perThousand(floor),
      target: 2,
    },
    {
      name: 'push, 1,000 events, beside bare inserts of events and cases',
      value: perThousand(pushed),
      unit: 'ms',
      floor: perThousand(fullFloor),
    },
    { name: 'push of 20, p50', value: percentile(pushed.each, 0.5), unit: 'ms' },
    { name: 'push of 20, p99', value: percentile(pushed.each, 0.99), unit: 'ms', target: 300 },
  ];
}

function makeBatch(station: Station): Sent {
  const make = createEventMaker(station.device);
  const cases = [`${station.device}-a`, `${station.device}-b`];
  const events = cases.flatMap((caseId) => [
    make.open(caseId),
    ...Array.from({ length: BATCH / 2 - 1 }, (_, index) => make.note(caseId, `Note ${index} of a case`)),
  ]);
  return { ...station, texts: events.map((it) => JSON.stringify(it)) };
}

async function pushBatch(sql: Sql, { centreId, device, texts }: Sent): Promise<void> {
  const events = texts.map((it, index) => parseEvent(device, index + 1, JSON.parse(it)));
  const result = await pushEvents(sql, { centreId, device, events, now: Date.now() });
  const isGood = result.outcome === 'taken' && result.results.every((it) => it.status === 'ok');
  if (!isGood) throw new Error(`a push came to ${JSON.stringify(result).slice(0, 300)}`);
}

async function insertBarely(
  query: Query,
  table: string,
  batch: readonly Record<string, unknown>[],
): Promise<void> {
  const names = Object.keys(batch[0] ?? {});
  const rows = batch.map((row) =>
    names.map((it) => (it === 'event' || it === 'doc' ? JSON.stringify(row[it]) : row[it])),
  );
  const { text, values } = toValues(rows);
  await query.query(`insert into ${table} (${names.join(',')}) values ${text}`, values);
}

/** All of it, so many at a time; the time of the whole and of each. */
async function timeAll<T>(
  all: readonly T[],
  work: (it: T) => Promise<void>,
): Promise<{ ms: number; each: number[] }> {
  const each: number[] = [];
  const began = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let it = all[next++]; it !== undefined; it = all[next++]) {
      const from = performance.now();
      await work(it);
      each.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return { ms: performance.now() - began, each };
}

async function expectDense(sql: Sql): Promise<void> {
  const [sums] = await sql.query<{ rows: number; heads: number; streams: number }>(
    `select (select count(*) from event)::bigint as rows, sum(head)::bigint as heads, count(*)::bigint as streams
       from stream where coll = 'events' and head = (select max(seq) from event e where e.centre_id = stream.centre_id)`,
  );
  const all = CENTRES * STATIONS * BATCH;
  if (sums?.rows !== all || sums.heads !== all || sums.streams !== CENTRES) {
    throw new Error(`a stream has a hole: ${JSON.stringify(sums)}`);
  }
}
