import { createEventMaker, SEED } from '../../../sync/server/central.fixture.ts';
import { migrate } from '../../../sync/server/store/migrate.ts';
import { parseEvent } from '../../../sync/server/store/parse-event.ts';
import { openPostgresSql } from '../../../sync/server/store/postgres-sql.ts';
import { pushEvents } from '../../../sync/server/store/push-events.ts';
import { saveSeed } from '../../../sync/server/store/save-seed.ts';
import type { Sql } from '../../../sync/server/store/sql.ts';
import { startPostgres } from '../../suites/start-postgres.ts';
import { type Measured, percentile } from '../measured.ts';
import { addStations, CENTRES, STATIONS, type Station } from './nation-day.ts';
import { emptyFloorTables, FLOORS, makeFloorTables, readWritten } from './push-floor.ts';

const BATCH = 20;
const CASES = 2;
const CONNECTIONS = 16;
const ROUNDS = 3;

/** What a station sends: its making is the station's work. */
type Sent = Station & { texts: string[]; from: number };

/**
 * Every station of the country pushes a batch, a few times over, and each time the same rows are written barely.
 *
 * The first round only warms up: the program is compiled and the tables have figures, as a day's server has both.
 */
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
  const makers = stations.map(({ device }) => createEventMaker(device));
  const push = (round: number) =>
    timeAll(
      stations.map((it, index) => makeBatch(it, makers[index] as Maker, round)),
      (sent) => pushBatch(sql, sent),
    );

  await push(0);
  await sql.query('analyze');
  await makeFloorTables(sql);
  const pushes: Timed[] = [];
  const floors: Timed[][] = Object.keys(FLOORS).map(() => []);
  for (let round = 1; round <= ROUNDS; round += 1) {
    pushes.push(await push(round));
    const written = await readWritten(sql, stations, { round, batch: BATCH, cases: CASES });
    for (const [index, writeBarely] of Object.values(FLOORS).entries()) {
      await emptyFloorTables(sql);
      floors[index]?.push(await timeAll(written, (it) => writeBarely(sql, it)));
    }
  }
  await expectDense(sql);
  return toRows(pushes, floors);
}

function toRows(pushes: readonly Timed[], floors: readonly (readonly Timed[])[]): Measured[] {
  const events = CENTRES * STATIONS * BATCH;
  const perThousand = (rounds: readonly Timed[]): number =>
    percentile(
      rounds.map((it) => it.ms / (events / 1_000)),
      0.5,
    );
  const value = perThousand(pushes);
  const each = pushes.flatMap((it) => it.each);
  return [
    { name: 'push, 1,000 events (of 5,000 a second)', value, unit: 'ms', target: 200 },
    ...Object.keys(FLOORS).map((name, index): Measured => {
      // The same rows are all that a push writes; fewer are there to see what the others cost.
      const target = index === 0 ? { target: 2 } : {};
      const floor = perThousand(floors[index] ?? []);
      return { name: `push, 1,000 events; floor: ${name}`, value, unit: 'ms', floor, ...target };
    }),
    { name: 'push of 20, p50', value: percentile(each, 0.5), unit: 'ms' },
    { name: 'push of 20, p99', value: percentile(each, 0.99), unit: 'ms', target: 300 },
  ];
}

type Maker = ReturnType<typeof createEventMaker>;

function makeBatch(station: Station, make: Maker, round: number): Sent {
  const cases = Array.from({ length: CASES }, (_, index) => `${station.device}-${round}-${index}`);
  const events = cases.flatMap((caseId) => [
    make.open(caseId),
    ...Array.from({ length: BATCH / CASES - 1 }, (_, index) => make.note(caseId, `Note ${index} of a case`)),
  ]);
  return { ...station, texts: events.map((it) => JSON.stringify(it)), from: round * BATCH + 1 };
}

async function pushBatch(sql: Sql, { centreId, device, texts, from }: Sent): Promise<void> {
  const events = texts.map((it, index) => parseEvent(device, from + index, JSON.parse(it)));
  const result = await pushEvents(sql, { centreId, device, events, now: Date.now() });
  const isGood = result.outcome === 'taken' && result.results.every((it) => it.status === 'ok');
  if (!isGood) throw new Error(`a push came to ${JSON.stringify(result).slice(0, 300)}`);
}

type Timed = { ms: number; each: number[] };

/** All of it, so many at a time; the time of the whole and of each. */
async function timeAll<T>(all: readonly T[], work: (it: T) => Promise<unknown>): Promise<Timed> {
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
  const all = CENTRES * STATIONS * BATCH * (ROUNDS + 1);
  if (sums?.rows !== all || sums.heads !== all || sums.streams !== CENTRES) {
    throw new Error(`a stream has a hole: ${JSON.stringify(sums)}`);
  }
}
