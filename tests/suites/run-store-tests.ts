import { afterAll, beforeAll, describe } from 'vitest';
import { SEED } from '../../sync/server/central.fixture.ts';
import { migrate } from '../../sync/server/store/migrate.ts';
import { saveSeed } from '../../sync/server/store/save-seed.ts';
import type { Sql } from '../../sync/server/store/sql.ts';
import { runDatabaseTests } from './run-database-tests.ts';
import { runEventStreamTests } from './run-event-stream-tests.ts';
import { runStateStreamTests } from './run-state-stream-tests.ts';
import { runWriterTests } from './run-writer-tests.ts';
import { createStoreWorld } from './store-world.ts';

/** What a database must do under the central server. Each test has centres of its own. */
export function runStoreTests(name: string, openSql: () => Promise<Sql>): void {
  describe(`the store on ${name}`, () => {
    const world = createStoreWorld();
    beforeAll(async () => {
      world.sql = await openSql();
      await migrate(world.sql);
      await saveSeed(world.sql, SEED, { demo: true });
    }, 60_000);
    afterAll(() => world.sql?.close());

    runEventStreamTests(world);
    runStateStreamTests(world);
    runWriterTests(world);
    runDatabaseTests(world);
  });
}
