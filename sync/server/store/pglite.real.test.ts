import { fsyncSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runStoreTests } from '../../../tests/suites/run-store-tests.ts';
import { openDurablePglite } from './durable-pglite.mjs';
import { openPgliteSql } from './pglite-sql.ts';

runStoreTests('PGlite', () => openPgliteSql());

test('PGlite answers a commit when it is flushed, and a whole new folder at its first opening', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pglite-'));
  let flushed = 0;
  const flush = (descriptor: number): void => {
    fsyncSync(descriptor);
    flushed += 1;
  };
  try {
    const database = await openDurablePglite(folder, flush);
    expect(flushed).toBeGreaterThan(500);
    await database.query('create table line (said text)');
    const before = flushed;
    for (let n = 0; n < 5; n += 1) await database.query('insert into line values ($1)', [`${n}`]);
    expect(flushed - before).toBeGreaterThanOrEqual(5);
    await database.close();

    flushed = 0;
    const again = await openDurablePglite(folder, flush);
    expect((await again.query('select count(*)::int as lines from line')).rows).toEqual([{ lines: 5 }]);
    expect(flushed).toBeLessThan(500);
    await again.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
