import { Worker } from 'node:worker_threads';
import { type Query, rememberAsked, type Sql } from './sql.ts';

type Reply = { id: number; rows?: unknown[]; error?: { message: string; code?: string } };
type Waiting = { resolve: (rows: unknown[]) => void; reject: (error: Error) => void };

/**
 * PGlite in a worker thread; without a folder it lives in memory.
 *
 * It has one connection: a transaction holds it, and everything else waits in a queue.
 */
export async function openPgliteSql(folder?: string): Promise<Sql> {
  const worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), { workerData: { folder } });
  await whenReady(worker);
  const run = createCaller(worker);
  worker.once('exit', endWithDatabase);
  const queued = createQueue();
  const query: Query = {
    query: async <Row>(text: string, values: readonly unknown[] = []) => (await run(text, values)) as Row[],
  };
  return {
    query: (text, values) => queued(() => query.query(text, values)),
    transaction: (work) => queued(() => inTransaction(query, work)),
    close: () =>
      queued(async () => {
        await run(null, []);
        worker.off('exit', endWithDatabase);
        await worker.terminate();
      }),
  };
}

/** A server without its database would refuse everything for ever: whoever started it starts it again. */
function endWithDatabase(): never {
  throw new Error('the database thread has ended');
}

async function inTransaction<T>(query: Query, work: (query: Query) => Promise<T>): Promise<T> {
  await query.query('begin');
  const asked = rememberAsked(query);
  try {
    const result = await work(asked);
    await asked.all();
    await query.query('commit');
    return result;
  } catch (error) {
    await query.query('rollback');
    throw error;
  }
}

function createCaller(
  worker: Worker,
): (text: string | null, values: readonly unknown[]) => Promise<unknown[]> {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let gone: Error | null = null;
  const fail = (error: Error): void => {
    gone = error;
    for (const it of waiting.values()) it.reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the database thread has ended')));
  worker.on('message', ({ id, rows, error }: Reply) => {
    const it = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) it?.resolve(rows ?? []);
    else it?.reject(Object.assign(new Error(error.message), { code: error.code }));
  });
  return (text, values) =>
    new Promise((resolve, reject) => {
      if (gone !== null) return reject(gone);
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, text, values });
    });
}

function whenReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('error', reject);
      resolve();
    });
  });
}

function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };
}
