import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Row, TestCentral } from '../../e2e/parts/central.ts';
import { type Child, startChild } from '../../e2e/parts/child.ts';
import { findFreePort } from '../../e2e/parts/free-port.ts';
import { startPostgres } from '../../suites/start-postgres.ts';

/** A central server on a real PostgreSQL that can be killed and comes back. */
export type MortalCentral = TestCentral & { kill(): Promise<void>; start(): Promise<void> };

export async function openMortalCentral(): Promise<MortalCentral> {
  const postgres = await startPostgres();
  if (postgres.outcome === 'none') throw new Error(`no PostgreSQL: ${postgres.reason}`);
  const data = await mkdtemp(join(tmpdir(), 'darcha-central-'));
  const port = await findFreePort();
  const place = ['--data', data, '--port', String(port), '--database-url', postgres.url];
  let server: Child;
  const start = async (): Promise<void> => {
    const args = ['out/server/main.js', ...place, '--seed', 'out/seed/seed.json', '--demo'];
    server = await startChild(args, 'darcha-central ready ');
  };
  await start();
  const types = {
    getTypeParser: (type: number, format?: 'text' | 'binary') =>
      type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format as 'text'),
  };
  const client = new pg.Client({ connectionString: postgres.url, types });
  await client.connect();
  return {
    url: `http://127.0.0.1:${port}`,
    data,
    start,
    kill: () => server.kill('SIGKILL'),
    sql: async <T extends Row>(text: string, values: readonly unknown[] = []) =>
      (await client.query<T>(text, [...values])).rows,
    async close() {
      await client.end();
      await server.kill('SIGTERM');
      await postgres.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
