// A desk in a process of its own, at the station's end of a line: does what its parent sends, and answers.
import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SLOW_NAME = 'centre.test';
const load = async (path) =>
  (await runnerImport(`${ROOT}${path}`, { configFile: false, logLevel: 'error', root: ROOT })).module;

const { openThinDesk } = await load('tests/line/thin-desk.ts');
// Bodies as they cross the line, packed.
let bodyBytes = 0;
subscribe('http.client.response.finish', ({ response }) => {
  bodyBytes += Number(response.headers['content-length'] ?? 0);
});
const desks = new Map();

const deeds = {
  async fill({ url, cases }) {
    const { fillCentral } = await load('tests/bench/parts/bench-central.ts');
    return fillCentral(url, cases);
  },
  async open({ name, nameMs, ...at }) {
    if (nameMs !== undefined) at.url = slowDown(at.url, nameMs);
    const desk = await openThinDesk({ ...at, desk: name });
    desks.set(name, desk);
  },
  syncTo: ({ name, cursors }) => desks.get(name).syncTo(cursors),
  rest: ({ name }) => desks.get(name).rest(),
  record: ({ name, many }) => desks.get(name).record(many),
  recordScans: ({ name, sizes }) => desks.get(name).recordScans(sizes),
  async close({ name }) {
    await desks.get(name).close();
    desks.delete(name);
  },
  restart: ({ name }) => desks.get(name).restart(),
  scanBytesLeft: ({ name }) => desks.get(name).scanBytesLeft(),
  findDifferent: ({ name }) => desks.get(name).findDifferent(),
  cursors: ({ name }) => desks.get(name).cursors(),
  bodies: () => bodyBytes,
  async bare({ url }) {
    const startedAt = performance.now();
    const { byteLength } = await (await fetch(url)).arrayBuffer();
    return { ms: performance.now() - startedAt, bytes: byteLength };
  },
  async bareUp({ url, bytes }) {
    const body = randomBytes(bytes);
    const startedAt = performance.now();
    await (await fetch(url, { method: 'POST', body })).arrayBuffer();
    return { ms: performance.now() - startedAt };
  },
};

/** The centre under a name that takes so long to be looked up, each time. */
function slowDown(url, ms) {
  const { hostname, port } = new URL(url);
  const right = dns.lookup;
  dns.lookup = (host, options, done) => {
    if (host !== SLOW_NAME) return right(host, options, done);
    setTimeout(() => right(hostname, options, done), ms);
  };
  return `http://${SLOW_NAME}:${port}`;
}

process.on('message', async ({ id, deed, ...more }) => {
  try {
    process.send({ id, value: await deeds[deed](more) });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit(0));
process.send({ id: 0 });
