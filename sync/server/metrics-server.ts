import { createServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Context } from './context.ts';
import type { Gauge } from './metrics.ts';
import { readStreamTotals } from './store/streams.ts';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Answers `GET /metrics` on an address of its own.
 *
 * Not beside the stations' routes: those face the internet, where figures of load are nobody's business, and
 * a scraper that held the admin key could do all that the key can. Whoever reaches this address may read.
 */
export function createMetricsServer(context: Context, stations: FastifyInstance): Server {
  return createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    void readGauges(context, stations)
      .then((gauges) =>
        response.writeHead(200, { 'content-type': METRICS_TYPE }).end(context.metrics.toText(gauges)),
      )
      .catch(() => response.writeHead(503).end());
  });
}

/** What only the moment of asking knows. A database that does not answer leaves out its own figures. */
async function readGauges({ sql }: Context, stations: FastifyInstance): Promise<Gauge[]> {
  const pool = sql.pool?.();
  const totals = await readStreamTotals(sql).catch(() => []);
  return [
    { name: 'darcha_connections_open', value: await countConnections(stations) },
    ...toPoolGauges(pool),
    ...totals.flatMap(({ coll, streams, heads }): Gauge[] => [
      { name: 'darcha_streams', labels: { coll }, value: streams },
      { name: 'darcha_stream_heads_sum', labels: { coll }, value: heads },
    ]),
    { name: 'darcha_process_resident_bytes', value: process.memoryUsage.rss() },
    { name: 'darcha_process_heap_bytes', value: process.memoryUsage().heapUsed },
    { name: 'darcha_process_uptime_seconds', value: Math.round(process.uptime()) },
  ];
}

function toPoolGauges(pool: { open: number; idle: number; waiting: number } | undefined): Gauge[] {
  if (pool === undefined) return [];
  return [
    { name: 'darcha_database_connections', labels: { state: 'idle' }, value: pool.idle },
    { name: 'darcha_database_connections', labels: { state: 'busy' }, value: pool.open - pool.idle },
    { name: 'darcha_database_waiting', value: pool.waiting },
  ];
}

function countConnections({ server }: FastifyInstance): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((error, count) => resolve(error === null ? count : 0));
  });
}
