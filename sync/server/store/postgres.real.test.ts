import { afterAll, describe, it } from 'vitest';
import { runStoreTests } from '../../../tests/suites/run-store-tests.ts';
import { startPostgres } from '../../../tests/suites/start-postgres.ts';
import { openPostgresSql } from './postgres-sql.ts';

const postgres = await startPostgres();

if (postgres.outcome === 'running') {
  afterAll(() => postgres.stop());
  runStoreTests('PostgreSQL', async () => openPostgresSql({ url: postgres.url }));
} else {
  describe('the store on PostgreSQL', () => {
    it.skip(`cannot be tried here: ${postgres.reason}`, () => undefined);
  });
  process.stderr.write(`PostgreSQL was not tried: ${postgres.reason}\n`);
}
