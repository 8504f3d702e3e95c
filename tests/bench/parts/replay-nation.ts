import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEED } from '../../../sync/server/central.fixture.ts';
import { getEpoch, migrate } from '../../../sync/server/store/migrate.ts';
import { openPostgresSql } from '../../../sync/server/store/postgres-sql.ts';
import { saveSeed } from '../../../sync/server/store/save-seed.ts';
import { startChild } from '../../e2e/parts/child.ts';
import { startPostgres } from '../../suites/start-postgres.ts';
import { type Measured, percentile } from '../measured.ts';
import type { Keep } from './keep-open.ts';
import { addStations, countHoles, EVENTS_A_STATION, makeDayEvents, type Station } from './nation-day.ts';

const BATCH = 20;
const CONNECTIONS = 16;
const TENTHS = 10;
const LOOK_EVERY_MS = 500;
const MB = 1024 * 1024;

type Push = { station: Station; from: number };
type Tenth = { ms: number[]; heap: number[]; resident: number[] };

/** Every batch of every station, the stations in turn, as their day goes on. */
export async function replayNation(keep: Keep): Promise<Measured[]> {
  const postgres = await startPostgres();
  if (postgres.outcome === 'none') throw new Error(`needs PostgreSQL: ${postgres.reason}`);
  keep({ close: () => postgres.stop() });
  const sql = keep(openPostgresSql({ url: postgres.url }));
  await migrate(sql);
  await saveSeed(sql, SEED, { demo: true });
  const stations = await addStations(sql);
  const server = await startServer(keep, postgres.url);
  const day = await replay(server, stations, await getEpoch(sql));
  const [size] = await sql.query<{ bytes: number }>(
    'select pg_database_size(current_database())::bigint as bytes',
  );
  const holes = await countHoles(sql);
  return [
    ...toRows(day),
    { name: 'streams with a hole', value: holes, unit: 'streams', target: 0 },
    { name: 'database after the day', value: (size?.bytes ?? 0) / MB, unit: 'MB' },
  ];
}

type Server = { url: string; readMemory(): Promise<{ heap: number; resident: number }> };

async function startServer(keep: Keep, databaseUrl: string): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), 'darcha-bench-nation-'));
  keep({ close: () => rm(data, { recursive: true, force: true }) });
  const args = ['out/server/main.js', '--data', data, '--port', '0', '--metrics-port', '0'];
  const child = await startChild(args, 'darcha-central metrics ', { env: { DATABASE_URL: databaseUrl } });
  keep({ close: () => child.kill('SIGTERM') });
  const url = /darcha-central ready (\S+)/.exec(child.output())?.[1] ?? '';
  const readMemory = async () => {
    const text = await (await fetch(child.ready)).text();
    const read = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
    return { heap: read('darcha_process_heap_bytes'), resident: read('darcha_process_resident_bytes') };
  };
  return { url, readMemory };
}

type Day = { seconds: number; errors: string[]; tenths: Tenth[] };

async function replay(server: Server, stations: readonly Station[], epoch: string): Promise<Day> {
  const total = stations.length * (EVENTS_A_STATION / BATCH);
  const tenths = Array.from({ length: TENTHS }, (): Tenth => ({ ms: [], heap: [], resident: [] }));
  const errors: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  const tenthAt = (index: number): Tenth => tenths[Math.floor((index * TENTHS) / total)] as Tenth;
  const look = async (): Promise<void> => {
    const { heap, resident } = await server.readMemory();
    const tenth = tenthAt(Math.min(next, total - 1));
    tenth.heap.push(heap);
    tenth.resident.push(resident);
  };
  const worker = async (): Promise<void> => {
    for (let index = next++; index < total; index = next++) {
      const station = stations[index % stations.length] as Station;
      const from = Math.floor(index / stations.length) * BATCH + 1;
      const began = performance.now();
      const error = await push(server.url, agent, epoch, { station, from });
      tenthAt(index).ms.push(performance.now() - began);
      if (error !== null) errors.push(error);
    }
  };
  const began = performance.now();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  clearInterval(timer);
  await look();
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { seconds, errors, tenths };
}

/** What was wrong with the answer; `null` where every event was taken. */
async function push(
  url: string,
  agent: Agent,
  epoch: string,
  { station, from }: Push,
): Promise<string | null> {
  const { device, token } = station;
  const body = JSON.stringify({ device, epoch, from, events: makeDayEvents(station, from, BATCH) });
  const { status, text } = await post(`${url}/v1/push/events`, agent, token, body);
  if (status !== 200) return `${status} ${text.slice(0, 200)}`;
  const { results } = JSON.parse(text) as { results: { status: string; code?: string }[] };
  const bad = results.find((it) => it.status !== 'ok');
  if (bad !== undefined) return `${bad.status} ${bad.code}`;
  return results.length === BATCH ? null : `${results.length} results`;
}

function post(
  url: string,
  agent: Agent,
  token: string,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'darcha-protocol': '1',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (some: string) => {
        text += some;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', (error) => resolve({ status: 0, text: error.message }));
    asked.end(body);
  });
}

function toRows({ seconds, errors, tenths }: Day): Measured[] {
  if (errors.length > 0) process.stdout.write(`the first error: ${errors[0]}\n`);
  const each = tenths.flatMap((it) => it.ms);
  // The least of a tenth is what stayed when the collector had been.
  const heaps = tenths.map((it) => Math.min(...it.heap) / MB);
  const most = Math.max(...tenths.flatMap((it) => it.resident)) / MB;
  return [
    { name: 'events', value: each.length * BATCH, unit: 'events' },
    { name: 'events a second', value: (each.length * BATCH) / seconds, unit: 'per second' },
    { name: 'pushes that failed', value: errors.length, unit: 'events', target: 0 },
    { name: 'push of 20, p50', value: percentile(each, 0.5), unit: 'ms' },
    { name: 'push of 20, p99', value: percentile(each, 0.99), unit: 'ms' },
    ...tenths.flatMap((it, index): Measured[] => [
      { name: `p99 of tenth ${index + 1}`, value: percentile(it.ms, 0.99), unit: 'ms' },
      { name: `heap of tenth ${index + 1}`, value: heaps[index] ?? Number.NaN, unit: 'MB' },
    ]),
    {
      name: 'heap gained since the first tenth',
      value: Math.max(0, (heaps.at(-1) ?? 0) - (heaps[0] ?? 0)),
      unit: 'MB',
      target: 16,
    },
    { name: 'most memory of the process', value: most, unit: 'MB' },
  ];
}
