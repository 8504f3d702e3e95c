import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from './store/migrate.ts';
import { openPgliteSql } from './store/pglite-sql.ts';
import { openPostgresSql } from './store/postgres-sql.ts';
import type { Sql } from './store/sql.ts';

export type OpenDatabaseOutcome = { outcome: 'open'; sql: Sql } | { outcome: 'failed'; problem: string };

/** Opens the database and brings it to the newest step. PGlite in the data folder without a URL. */
export async function openDatabase(dataFolder: string, url: string | null): Promise<OpenDatabaseOutcome> {
  let sql: Sql | undefined;
  try {
    sql = url === null ? await openPglite(join(dataFolder, 'db')) : openPostgresSql({ url });
    const result = await migrate(sql);
    if (result.outcome === 'migrated') return { outcome: 'open', sql };
    await sql.close();
    return { outcome: 'failed', problem: toProblem(result) };
  } catch (error) {
    await sql?.close().catch(() => undefined);
    const { code, message } = error as { code?: string; message: string };
    return { outcome: 'failed', problem: `the database could not be opened (${code ?? message})` };
  }
}

async function openPglite(folder: string): Promise<Sql> {
  await mkdir(folder, { recursive: true });
  return openPgliteSql(folder);
}

function toProblem({ outcome, name }: { outcome: 'newer' | 'changed'; name: string }): string {
  return outcome === 'newer'
    ? `the database is of a newer program: it has the step ${name}`
    : `the step ${name} was applied to the database in another form`;
}
