import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { RecoveryKey } from '#protocol/recovery-key';
import { type CentralServerOptions, createCentralServer } from './central-server.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { createMetrics } from './metrics.ts';
import { createMetricsServer } from './metrics-server.ts';
import { findBackupProblem, startNightlyBackup } from './nightly-backup.ts';
import { openByteStore } from './open-byte-store.ts';
import { openDatabase } from './open-database.ts';
import type { ServeOptions } from './options.ts';
import { EXIT, type Problem } from './problem.ts';
import { startDailyCompaction } from './store/compact.ts';
import { openFileStore } from './store/files.ts';
import { Seed, saveSeed } from './store/save-seed.ts';
import type { Sql } from './store/sql.ts';

export type Running = {
  outcome: 'running';
  url: string;
  metricsUrl: string | null;
  /** Says that it is not ready, listens no more, and resolves when the last request has ended. */
  close(): Promise<void>;
  /** Ends the connections on which requests are still under way. */
  cut(): void;
};

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
  const result = await listen({ options, folder, sql, closeAll });
  if (result.outcome === 'problem') await closeAll();
  return result;
}

type Parts = {
  options: ServeOptions;
  folder: DataFolder;
  sql: Sql;
  closeAll(): Promise<void>;
};

async function listen({ options, folder, sql, closeAll }: Parts): Promise<Running | Problem> {
  const { demo, host, port, metrics: metricsAt } = options;
  const bytes = await openByteStore(options.files, folder.path);
  if (bytes.outcome === 'problem') return bytes;
  const unwritable = await findBackupProblem(options.backupFolder);
  if (unwritable !== null) return unwritable;
  const tls = await readTls(options.tls);
  if (tls?.outcome === 'problem') return tls;
  const recovery = await readRecoveryKey(options.recoveryKey);
  if (recovery?.outcome === 'problem') return recovery;
  const context: CentralServerOptions = {
    ...(recovery === null ? {} : { recoveryKey: recovery.key }),
    ...(tls === null ? {} : { tls: tls.pair }),
    sql,
    demo,
    files: openFileStore(sql, bytes.store),
    adminKey: folder.adminKey,
    metrics: createMetrics(),
    life: { stopping: false },
    now: Date.now,
    log: process.stderr,
  };
  const server = await createCentralServer(context);
  const metrics = createMetricsServer(context, server);
  try {
    const metricsUrl = metricsAt === null ? null : await listenForMetrics(metrics, metricsAt);
    const url = await server.listen({ host, port });
    await folder.announce(url);
    const stopBackups = startBackups(options, sql);
    const stopCompaction = startDailyCompaction(sql, Date.now);
    return {
      outcome: 'running',
      url,
      metricsUrl,
      cut: () => server.server.closeAllConnections(),
      close: async () => {
        context.life.stopping = true;
        await pause(options.drainSeconds * 1000);
        await server.close();
        await stopBackups();
        await stopCompaction();
        metrics.close();
        metrics.closeAllConnections();
        await closeAll();
      },
    };
  } catch (error) {
    metrics.close();
    await server.close();
    const failed = error as { code?: string; address?: string; port?: number };
    return toListenProblem(failed.address ?? host, failed.port ?? port, failed.code);
  }
}

function startBackups({ backupFolder }: ServeOptions, sql: Sql): () => Promise<void> {
  if (backupFolder === null) return async () => undefined;
  return startNightlyBackup({ sql, folder: backupFolder, now: Date.now, log: process.stderr });
}

function listenForMetrics(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host}:${taken}/metrics`);
    });
  });
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

async function readTls(
  files: ServeOptions['tls'],
): Promise<{ outcome: 'read'; pair: { cert: Buffer; key: Buffer } } | Problem | null> {
  if (files === null) return null;
  try {
    const [cert, key] = [await readFile(files.cert), await readFile(files.key)];
    createSecureContext({ cert, key });
    return { outcome: 'read', pair: { cert, key } };
  } catch (error) {
    const { code } = error as { code?: string };
    const problem = `the certificate ${files.cert} and the key ${files.key} cannot be used (${code ?? 'unknown'}).`;
    const next = 'give both as PEM, the key without a password and of that certificate.';
    return { outcome: 'problem', exit: EXIT.usage, problem, next };
  }
}

async function readRecoveryKey(
  path: string | null,
): Promise<{ outcome: 'read'; key: RecoveryKey } | Problem | null> {
  if (path === null) return null;
  try {
    const jwk: unknown = JSON.parse(await readFile(path, 'utf8'));
    const key = RecoveryKey.safeParse(jwk);
    // The private half has no business on a server.
    const isPublic = !Object.hasOwn(jwk as object, 'd');
    if (key.success && isPublic) return { outcome: 'read', key: key.data };
  } catch {}
  const problem = `${path} is no public recovery key.`;
  const next = 'give --recovery-key the file that ends in .public, made by darcha-central recovery-key.';
  return { outcome: 'problem', exit: EXIT.usage, problem, next };
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
