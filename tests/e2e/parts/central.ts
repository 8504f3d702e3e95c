import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { BUNDLES, isCurrent } from '../../../build/run/bundles.mjs';
import { startPostgres } from '../../suites/start-postgres.ts';
import { type Child, startChild } from './child.ts';
import { findFreePort } from './free-port.ts';

export type Row = Record<string, unknown>;

/** The central server as it is shipped, with the demonstration seed, on a database of its own. */
export type TestCentral = {
  url: string;
  data: string;
  /** Asks the database itself, past the server. */
  sql<T extends Row>(text: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
};

const READY = 'darcha-central ready ';

/** On a real PostgreSQL where there is one; where there is none, on PGlite, and says why. */
export async function openCentral(): Promise<TestCentral> {
  const stale = BUNDLES.filter((it) => !isCurrent(it)).map((it) => it.name);
  if (stale.length > 0) process.stdout.write(`out/ is older than its sources (${stale}): npm run build\n`);
  const data = await mkdtemp(join(tmpdir(), 'darcha-central-'));
  const port = await findFreePort();
  const postgres = await startPostgres();
  const start = (...more: string[]): Promise<Child> =>
    startChild(
      [
        'out/server/main.js',
        ...['--data', data, '--port', String(port), '--seed', 'out/seed/seed.json', '--demo', ...more],
      ],
      READY,
    );
  const shared = { url: `http://127.0.0.1:${port}`, data };
  const forget = (): Promise<void> => rm(data, { recursive: true, force: true });

  if (postgres.outcome === 'none') {
    process.stdout.write(`central server: PGlite (no PostgreSQL: ${postgres.reason})\n`);
    return { ...shared, ...(await onPglite(() => start(), join(data, 'db'), forget)) };
  }
  const server = await start('--database-url', postgres.url);
  const client = new pg.Client({ connectionString: postgres.url, types: { getTypeParser } });
  await client.connect();
  return {
    ...shared,
    sql: async <T extends Row>(text: string, values: readonly unknown[] = []) =>
      (await client.query<T>(text, [...values])).rows,
    async close() {
      await client.end();
      await server.kill('SIGTERM');
      await postgres.stop();
      await forget();
    },
  };
}

/** One process at a time may have a PGlite folder: the server steps aside for every question. */
async function onPglite(
  start: () => Promise<Child>,
  folder: string,
  forget: () => Promise<void>,
): Promise<Pick<TestCentral, 'sql' | 'close'>> {
  let server = await start();
  return {
    async sql<T extends Row>(text: string, values: readonly unknown[] = []) {
      await server.kill('SIGTERM');
      const database = await PGlite.create(folder);
      const { rows } = await database.query<T>(text, [...values]);
      await database.close();
      server = await start();
      return rows;
    },
    async close() {
      await server.kill('SIGTERM');
      await forget();
    },
  };
}

// `bigint` as a number, as PGlite has it: ours are all far below 2^53.
function getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format as 'text');
}
