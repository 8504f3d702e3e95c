// Runs PGlite off the main thread: it would starve the event loop. Plain JavaScript, because Node 20 starts
// a worker from a file as it lies. One statement at a time; who asks when is settled by pglite-sql.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { openDurablePglite } from './durable-pglite.mjs';

const port = parentPort;
if (port === null) throw new Error('to be started as a worker');
const database = await openDurablePglite(workerData.folder);
port.postMessage({ ready: true });

port.on('message', async ({ id, text, values }) => {
  try {
    if (text === null) await database.close();
    const rows = text === null ? [] : (await database.query(text, values)).rows;
    port.postMessage({ id, rows });
  } catch (error) {
    port.postMessage({ id, error: { message: error.message, code: error.code } });
  }
});
