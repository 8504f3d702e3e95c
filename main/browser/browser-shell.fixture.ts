import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { WebSocket } from 'ws';
import { buildShells } from '../../tests/shells/build-shells.ts';
import { openFakeCentral } from '../../tests/shells/fake-central.ts';

/**
 * The compiled browser shell for a test file: importing this builds it, starts a centre that says what it heard, and
 * ends every station the file started.
 */
let shells: Awaited<ReturnType<typeof buildShells>>;
export let central: Awaited<ReturnType<typeof openFakeCentral>>;
export let port: number;
const folders: string[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  shells = await buildShells(['browser']);
  central = await openFakeCentral(({ url, body }) => ({
    status: 200,
    headers: { 'content-type': 'text/html', 'set-cookie': 'a=b', 'darcha-station': 'faked' },
    body: `${url} ${body.length}`,
  }));
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  port = (free.address() as AddressInfo).port;
  free.close();
});

afterEach(async () => {
  for (const it of children.splice(0)) {
    if (it.exitCode !== null || it.signalCode !== null) continue;
    it.kill('SIGTERM');
    await once(it, 'exit');
  }
});

afterAll(async () => {
  for (const it of folders) await rm(it, { recursive: true, force: true });
  await shells?.remove();
  await central?.close();
});

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-station-'));
  folders.push(folder);
  return folder;
}

type Run = {
  child: ChildProcess;
  said(): string;
  address(): Promise<string>;
  ended(): Promise<number | null>;
};

export function start(data: string, args: string[] = ['--show', 'none'], env: NodeJS.ProcessEnv = {}): Run {
  const program = join(shells.folder, 'out', 'browser', 'main.js');
  const own = ['--data', data, '--central', central.url, '--port', String(port)];
  const child = spawn(process.execPath, [program, ...own, ...args], { env: { ...process.env, ...env } });
  children.push(child);
  let text = '';
  for (const it of [child.stdout, child.stderr]) it?.on('data', (chunk) => (text += String(chunk)));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    said: () => text,
    ended: () => ended,
    address: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = /^darcha-station ready (\S+)\n/m.exec(text)?.[1];
          if (found !== undefined) resolve(found);
        };
        child.stdout?.on('data', look);
        void ended.then(() => reject(new Error(text)));
        look();
      }),
  };
}

type Sent = { path?: string; method?: string; headers?: Record<string, string>; body?: string };

export function send({ path = '/', method = 'GET', headers = {}, body }: Sent) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const asked = {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host: `darcha.localhost:${port}`, ...headers },
      };
      const it = request(asked, async (response) => {
        let text = '';
        for await (const chunk of response) text += String(chunk);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
      it.on('error', reject);
      it.end(body);
    },
  );
}

export const json = { 'content-type': 'application/json' };
export const swap = (boot: string, claim = 'this page') =>
  send({ path: '/session', method: 'POST', headers: json, body: JSON.stringify({ boot, claim }) });
export const tokenOf = (address: string) => address.split('#')[1] ?? '';

export async function openSession(run: Run): Promise<string> {
  const { body } = await swap(tokenOf(await run.address()));
  return (JSON.parse(body) as { session: string }).session;
}

export function knockOnWire(
  headers: Record<string, string>,
  first: unknown,
  path = '/wire',
): Promise<string> {
  return new Promise((resolve) => {
    const own = { host: `darcha.localhost:${port}`, ...headers };
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: own });
    socket.on('unexpected-response', (_request, response) => resolve(`status ${response.statusCode}`));
    socket.on('open', () => socket.send(typeof first === 'string' ? first : JSON.stringify(first)));
    socket.on('message', (data) => {
      resolve(String(data));
      socket.close();
    });
    socket.on('close', (code) => resolve(`closed ${code}`));
    socket.on('error', () => undefined);
  });
}
