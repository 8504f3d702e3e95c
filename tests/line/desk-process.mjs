// A desk in a process of its own, at the station's end of a line: does what its parent sends, and answers.
import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
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
  async open({ name, ...at }) {
    const desk = await openThinDesk({ ...at, desk: name });
    desks.set(name, desk);
  },
  syncTo: ({ name, cursors }) => desks.get(name).syncTo(cursors),
  rest: ({ name }) => desks.get(name).rest(),
  record: ({ name, many }) => desks.get(name).record(many),
  recordScans: ({ name, sizes }) => desks.get(name).recordScans(sizes),
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

process.on('message', async ({ id, deed, ...more }) => {
  try {
    process.send({ id, value: await deeds[deed](more) });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit(0));
process.send({ id: 0 });
