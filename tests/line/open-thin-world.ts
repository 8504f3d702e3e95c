import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '../e2e/parts/child.ts';
import { LINES } from './line-profiles.ts';
import { CENTRE_HOST, type EmulatedLine, openEmulatedLine } from './open-emulated-line.ts';
import type { Cursors } from './thin-desk.ts';

/** Desks at one end of an emulated line and the central server, as it is shipped, at the other. */
export type ThinWorld = {
  outcome: 'open';
  line: EmulatedLine;
  /** Puts so many cases into the centre; how many events they are. */
  fill(cases: number): Promise<number>;
  /** Four at a time: the database has no more room in one process. */
  openDesk(name: string, at?: DeskPlace): Promise<void>;
  closeDesk(name: string): Promise<void>;
  /** Whether desks that are behind it reach it in the centre's place. */
  setPortal(isOn: boolean): Promise<void>;
  syncTo(name: string, cursors: Cursors): Promise<{ ms: number }>;
  rest(name: string): Promise<void>;
  record(name: string, many: number): Promise<void>;
  recordScans(name: string, sizes: readonly number[]): Promise<void>;
  cursors(name: string): Promise<Cursors>;
  scanBytesLeft(name: string): Promise<number>;
  findDifferent(name: string): Promise<string[]>;
  restart(name: string): Promise<void>;
  /** Bytes of all bodies that came down so far, packed. */
  bodies(): Promise<number>;
  /** So many bytes over the same line by the barest server and client. */
  bare(bytes: number): Promise<{ ms: number }>;
  bareUp(bytes: number): Promise<{ ms: number }>;
  close(): Promise<void>;
};

export type DeskPlace = { isBehindPortal?: boolean; nameMs?: number; clockOffsetMs?: number };

const FLOOR_PORT = 8_100;
// Bytes that nothing on the way makes fewer.
const FLOOR = `const bytes = require('node:crypto').randomBytes(4_000_000);
require('node:http').createServer((ask, answer) => {
  ask.resume().on('end', () => answer.end(bytes.subarray(0, Number(ask.url.slice(1)))));
})
  .listen(${FLOOR_PORT}, '${CENTRE_HOST}', () => console.log('floor ready'));`;
const DESKS = fileURLToPath(new URL('./desk-process.mjs', import.meta.url));
const PORTAL = fileURLToPath(new URL('./portal-process.mjs', import.meta.url));
type Worker = Awaited<ReturnType<typeof startWorker>>;

/** Opens one, or says what this machine lacks for it. The line has no limits at first. */
export async function openThinWorld(): Promise<ThinWorld | { outcome: 'none'; reason: string }> {
  const line = await openEmulatedLine();
  if (line.outcome === 'none') return line;
  const data = await mkdtemp(join(tmpdir(), 'darcha-thin-'));
  const args = [
    '--host',
    CENTRE_HOST,
    '--behind-proxy',
    '--port',
    '0',
    '--seed',
    'out/seed/seed.json',
    '--demo',
  ];
  const centre = { before: line.at('centre') };
  const central = await startChild(
    ['out/server/main.js', '--data', data, ...args],
    'darcha-central ready ',
    centre,
  );
  const floor = await startChild(['-e', FLOOR], 'floor ready', centre);
  const desks = await startWorker(line.at('station'), [DESKS]);
  const url = central.ready;
  let portal: Worker | null = null;
  const openPortal = async (): Promise<Worker> => {
    portal ??= await startWorker(line.at('centre'), [PORTAL, url, CENTRE_HOST]);
    return portal;
  };
  return {
    outcome: 'open',
    line,
    async fill(cases) {
      await line.shape(LINES.none);
      return desks.ask('fill', { url, cases }) as Promise<number>;
    },
    async openDesk(name, { isBehindPortal = false, ...at } = {}) {
      const to = isBehindPortal ? (await openPortal()).url : url;
      await desks.ask('open', {
        url: to,
        code: 'DEMO-BAXMAL',
        name,
        folder: join(data, `scans-${name}`),
        ...at,
      });
    },
    async closeDesk(name) {
      await desks.ask('close', { name });
    },
    async setPortal(isOn) {
      await (await openPortal()).ask('portal', { isOn });
    },
    syncTo: (name, cursors) => desks.ask('syncTo', { name, cursors }) as Promise<{ ms: number }>,
    async rest(name) {
      await desks.ask('rest', { name });
    },
    async record(name, many) {
      await desks.ask('record', { name, many });
    },
    async recordScans(name, sizes) {
      await desks.ask('recordScans', { name, sizes });
    },
    cursors: (name) => desks.ask('cursors', { name }) as Promise<Cursors>,
    scanBytesLeft: (name) => desks.ask('scanBytesLeft', { name }) as Promise<number>,
    findDifferent: (name) => desks.ask('findDifferent', { name }) as Promise<string[]>,
    async restart(name) {
      await desks.ask('restart', { name });
    },
    bodies: () => desks.ask('bodies') as Promise<number>,
    bare: (bytes) =>
      desks.ask('bare', { url: `http://${CENTRE_HOST}:${FLOOR_PORT}/${bytes}` }) as Promise<{ ms: number }>,
    bareUp: (bytes) =>
      desks.ask('bareUp', { url: `http://${CENTRE_HOST}:${FLOOR_PORT}/0`, bytes }) as Promise<{ ms: number }>,
    async close() {
      await desks.close();
      await portal?.close();
      await central.kill('SIGTERM');
      await floor.kill('SIGTERM');
      await line.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** A process at an end of the line that does what it is asked, one answer for each. */
async function startWorker([command, ...before]: readonly [string, ...string[]], args: readonly string[]) {
  const child: ChildProcess = spawn(command, [...before, process.execPath, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const [{ url = '' }] = (await once(child, 'message')) as [{ url?: string }];
  child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  let last = 0;
  return {
    /** What it said when it was ready. */
    url,
    ask(deed: string, more: object = {}): Promise<unknown> {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, deed, ...more });
      });
    },
    async close(): Promise<void> {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
