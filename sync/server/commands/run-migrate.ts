import { toStepProblem, withDatabase } from '../open-database.ts';
import type { DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { migrate } from '../store/migrate.ts';
import type { Sql } from '../store/sql.ts';

/** Brings the database to the newest step, as `serve` does when it starts. */
export function runMigrate(database: DatabaseChoice): Promise<Done | Problem> {
  return withDatabase(database, async (sql) => {
    const outcome = await bringUp(sql);
    if (typeof outcome !== 'string') return outcome;
    return { outcome: 'done', text: `${outcome === '' ? 'nothing to do' : `applied ${outcome}`}\n` };
  });
}

/** The steps that were applied, or why none could be. */
export async function bringUp(sql: Sql): Promise<string | Problem> {
  const result = await migrate(sql);
  if (result.outcome === 'migrated') return result.applied.join(', ');
  return toProblem(EXIT.failed, `${toStepProblem(result)}.`, 'use the newest program.');
}
