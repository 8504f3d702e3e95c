import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { normaliseCode } from './auth/secret.ts';
import { createCentralServer } from './central-server.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import type { ServeOptions } from './options.ts';
import { openByteFolder } from './store/byte-folder.ts';
import { openFileStore } from './store/files.ts';
import { getEpoch } from './store/migrate.ts';
import { Seed, saveSeed } from './store/save-seed.ts';
import type { Sql } from './store/sql.ts';

/** Exit codes of the program. */
export const EXIT = { failed: 1, usage: 2, portInUse: 3, notWritable: 4 } as const;

export type Problem = { outcome: 'problem'; exit: number; problem: string; next: string };

export type Running = { outcome: 'running'; url: string; close(): Promise<void> };

/** Opens everything and listens; what was opened is closed again when a later part cannot be. */
export async function serve(options: ServeOptions): Promise<Running | Problem> {
  const seed = await readSeed(options.seed);
  if (seed?.outcome === 'problem') return seed;
  const opened = await openDataFolder(options.data);
  if (opened.outcome !== 'open') return toFolderProblem(options.data, opened);
  const { folder } = opened;
  const busy = await findPortProblem(options);
  if (busy !== null) {
    await folder.release();
    return busy;
  }
  const database = await openDatabase(folder.path, options.databaseUrl);
  if (database.outcome === 'failed') {
    await folder.release();
    const next =
      options.databaseUrl === null
        ? 'use the newest program, or restore the folder from a backup.'
        : 'see that the PostgreSQL server runs and that --database-url is right.';
    return { outcome: 'problem', exit: EXIT.failed, problem: `${database.problem}.`, next };
  }
  const { sql } = database;
  const closeAll = async (): Promise<void> => {
    await sql.close();
    await folder.release();
  };
  if (seed !== null) await saveSeed(sql, seed.seed, options);
  const result = await listen({ options, folder, sql, seed: seed?.seed ?? null, closeAll });
  if (result.outcome === 'problem') await closeAll();
  return result;
}

type Parts = {
  options: ServeOptions;
  folder: DataFolder;
  sql: Sql;
  seed: Seed | null;
  closeAll(): Promise<void>;
};

async function listen({ options, folder, sql, seed, closeAll }: Parts): Promise<Running | Problem> {
  const { demo, host, port } = options;
  const codes = demo ? (seed?.enrolmentCodes ?? []) : [];
  const server = await createCentralServer({
    sql,
    demo,
    files: openFileStore(sql, await openByteFolder(folder.path)),
    epoch: await getEpoch(sql),
    adminKey: folder.adminKey,
    demoCodes: new Map(codes.map((it) => [normaliseCode(it.code), it.centreId])),
    now: Date.now,
    log: process.stderr,
  });
  try {
    const url = await server.listen({ host, port });
    await folder.announce(url);
    return {
      outcome: 'running',
      url,
      close: async () => {
        await server.close();
        await closeAll();
      },
    };
  } catch (error) {
    await server.close();
    return toListenProblem(host, port, (error as { code?: string }).code);
  }
}

/** Asked before the database is opened, which takes its time. */
function findPortProblem({ host, port }: ServeOptions): Promise<Problem | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: { code?: string }) => resolve(toListenProblem(host, port, error.code)));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

function toListenProblem(host: string, port: number, code: string | undefined): Problem {
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    const what = code === 'EACCES' ? 'may not be used by this account' : 'is in use by another program';
    const problem = `port ${port} of ${host} ${what}.`;
    return {
      outcome: 'problem',
      exit: EXIT.portInUse,
      problem,
      next: 'end that program, or choose another --port.',
    };
  }
  const problem = `cannot listen on ${host} port ${port} (${code ?? 'unknown'}).`;
  return {
    outcome: 'problem',
    exit: EXIT.failed,
    problem,
    next: 'check --host: it must be an address of this computer.',
  };
}

function toFolderProblem(
  path: string,
  opened: Exclude<Awaited<ReturnType<typeof openDataFolder>>, { outcome: 'open' }>,
): Problem {
  if (opened.outcome === 'in-use') {
    const at = opened.url === null ? '' : ` at ${opened.url}`;
    return {
      outcome: 'problem',
      exit: EXIT.notWritable,
      problem: `the data folder ${path} is in use by another server${at} (process ${opened.pid}).`,
      next: 'use that one, end it first, or choose another --data.',
    };
  }
  return {
    outcome: 'problem',
    exit: EXIT.notWritable,
    problem: `the data folder ${path} cannot be written (${opened.reason}).`,
    next: 'choose another --data, or give this account the right to write there.',
  };
}

async function readSeed(path: string | null): Promise<{ outcome: 'read'; seed: Seed } | Problem | null> {
  if (path === null) return null;
  const next = 'give --seed a file made by npm run build (out/seed/seed.json).';
  try {
    const parsed = Seed.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return { outcome: 'read', seed: parsed.data };
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    const problem = `the seed file ${path} is not as it should be (at ${where}).`;
    return { outcome: 'problem', exit: EXIT.usage, problem, next };
  } catch {
    return { outcome: 'problem', exit: EXIT.usage, problem: `the seed file ${path} cannot be read.`, next };
  }
}
