import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../sync/server/store/migrate.ts';
import { openPgliteSql } from '../../sync/server/store/pglite-sql.ts';
import type { Sql } from '../../sync/server/store/sql.ts';
import { replayLog } from './parts/replay-log.ts';
import { createSqlLog } from './parts/sql-log.ts';
import { playSeed } from './play-seeds.ts';

const SEEDS = 25;
const STEPS = 600;

let sql: Sql;
beforeAll(async () => {
  sql = await openPgliteSql();
  await migrate(sql);
}, 120_000);
afterAll(() => sql.close());

test('a real database gives every answer that the simulated one gave', async () => {
  const other: string[] = [];
  let asked = 0;
  for (let seed = 500_000; seed < 500_000 + SEEDS; seed += 1) {
    const log = createSqlLog();
    await playSeed(seed, STEPS, { log });
    const told = await replayLog(sql, log.steps);
    asked += told.asked;
    other.push(...told.other.map((it) => `seed ${seed}: ${it}`));
  }
  expect(other.slice(0, 3)).toEqual([]);
  expect(asked).toBeGreaterThan(SEEDS * 50);
});
