import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.ts';
import type { DatabaseChoice } from './options.ts';
import { EXIT, type Problem, toProblem } from './problem.ts';
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
    return { outcome: 'failed', problem: toStepProblem(result) };
  } catch (error) {
    await sql?.close().catch(() => undefined);
    const { code, message } = error as { code?: string; message: string };
    return { outcome: 'failed', problem: `the database could not be opened (${code ?? message})` };
  }
}

/**
 * Lends a command the database as it is, no step applied, and closes it afterwards.
 *
 * PGlite is of one process: where a server works in the folder, the command cannot.
 */
export async function withDatabase<T>(
  { data, databaseUrl }: DatabaseChoice,
  work: (sql: Sql) => Promise<T>,
): Promise<T | Problem> {
  if (databaseUrl !== null) return lend(() => openPostgresSql({ url: databaseUrl }), work);
  const opened = await openDataFolder(data ?? '.');
  if (opened.outcome === 'not-writable') {
    const problem = `the data folder ${data} cannot be written (${opened.reason}).`;
    return toProblem(EXIT.notWritable, problem, 'choose another --data, or let this account write there.');
  }
  if (opened.outcome === 'in-use') {
    const problem = `a server works in the data folder ${data} (process ${opened.pid}), and PGlite is of one program.`;
    return toProblem(
      EXIT.notWritable,
      problem,
      'end that server first; one with --backup-folder makes copies itself.',
    );
  }
  try {
    return await lend(() => openPglite(join(opened.folder.path, 'db')), work);
  } finally {
    await opened.folder.release();
  }
}

async function lend<T>(open: () => Sql | Promise<Sql>, work: (sql: Sql) => Promise<T>): Promise<T | Problem> {
  let sql: Sql | undefined;
  try {
    sql = await open();
    await sql.query('select 1');
    return await work(sql);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const problem = `the database does not do what it should (${code ?? message}).`;
    return toProblem(
      EXIT.failed,
      problem,
      'see that it runs and that --database-url is right, then try again.',
    );
  } finally {
    await sql?.close().catch(() => undefined);
  }
}

async function openPglite(folder: string): Promise<Sql> {
  await mkdir(folder, { recursive: true });
  return openPgliteSql(folder);
}

/** Why the steps of the database and those of this program do not fit. */
export function toStepProblem({ outcome, name }: { outcome: 'newer' | 'changed'; name: string }): string {
  return outcome === 'newer'
    ? `the database is of a newer program: it has the step ${name}`
    : `the step ${name} was applied to the database in another form`;
}
