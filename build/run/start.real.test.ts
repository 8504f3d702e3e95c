import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildBundles } from './build-bundles.mjs';
import { isAlive, isPortTaken } from './processes.mjs';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const started: ChildProcess[] = [];
let work = '';
let data = '';

beforeAll(() => buildBundles({ names: ['renderer', 'browser', 'server', 'seed'] }), 300_000);
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'start-'));
  data = join(work, 'data');
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(work, { recursive: true, force: true });
});

type Run = {
  child: ChildProcess;
  /** All that was printed, once this is among it; fails when the program ends before. */
  said(text: string): Promise<string>;
  ended: Promise<{ code: number | null; output: string }>;
};

function run(script: string, ...args: string[]): Run {
  return runWith({}, script, ...args);
}

function runWith(env: NodeJS.ProcessEnv, script: string, ...args: string[]): Run {
  const child = spawn(process.execPath, [here(script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  started.push(child);
  let output = '';
  const watchers = new Set<() => void>();
  const take = (bytes: Buffer): void => {
    output += bytes.toString();
    for (const look of watchers) look();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
  const said = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output.includes(text)) resolve(output);
      };
      watchers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying "${text}":\n${output}`)));
    });
  return { child, said, ended };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const runningPid = (): number =>
  (JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { central: { pid: number } }).central.pid;

test('a server alone starts once for its data, and Ctrl+C ends it with nothing left behind', async () => {
  const port = String(await freePort());
  const first = run('start.mjs', '--central', '--data', data, '--central-port', port);
  await first.said('Ctrl+C ends it.');
  const pid = runningPid();

  const second = await run('start.mjs', '--central', '--data', data, '--central-port', port).ended;
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining('running already') });
  expect(runningPid()).toBe(pid);

  const reset = await run('demo-reset.mjs', '--data', data).ended;
  expect(reset).toMatchObject({ code: 1, output: expect.stringContaining('npm start is running on') });

  const elsewhere = await run('start.mjs', '--central', '--data', join(work, 'other'), '--central-port', port)
    .ended;
  expect(elsewhere).toMatchObject({ code: 3, output: expect.stringContaining(`port ${port} is in use`) });

  first.child.kill('SIGINT');
  expect((await first.ended).code).toBe(0);
  expect([isAlive(pid), await isPortTaken(Number(port)), existsSync(join(data, 'running.json'))]).toEqual([
    false,
    false,
    false,
  ]);

  const removed = await run('demo-reset.mjs', '--data', data).ended;
  expect(removed).toMatchObject({ code: 0, output: expect.stringContaining(`Removed ${data}`) });
  expect(existsSync(data)).toBe(false);
});

test('the server of a start that was killed is ended by the next one', async () => {
  const args = ['--central', '--data', data, '--central-port', String(await freePort())];
  const killed = run('start.mjs', ...args);
  await killed.said('Ctrl+C ends it.');
  const orphan = runningPid();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(isAlive(orphan)).toBe(true);

  const next = run('start.mjs', ...args);
  await next.said('Ctrl+C ends it.');
  expect([isAlive(orphan), runningPid() === orphan]).toEqual([false, false]);
});

test('server and station start together; a second start on the same data starts neither again', async () => {
  const [central, station] = [String(await freePort()), String(await freePort())];
  const args = ['--data', data, '--central-port', central, '--port', station, '--shell', 'none'];
  const first = run('start.mjs', ...args);
  const output = await first.said('darcha.localhost');
  const address = /http:\/\/darcha\.localhost:\d+\/#\S+/.exec(output)?.[0] ?? '';
  const { port } = new URL(address);
  expect(port).toBe(station);
  const pid = runningPid();
  const page = await pageAt(port);
  expect(page).toContain('<script type="module"');

  expect((await run('start.mjs', ...args).ended).code).toBe(0);
  expect([runningPid(), await pageAt(port)]).toEqual([pid, page]);

  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  expect([isAlive(pid), await isPortTaken(Number(port)), await isPortTaken(Number(central))]).toEqual([
    false,
    false,
    false,
  ]);
});

/** What a machine without a screen and a user `root` need; a window can then be opened anywhere. */
const HEADLESS = { DARCHA_BROWSER_ARGS: '--headless=new --no-sandbox --disable-gpu --disable-quic' };
const NO_SCREEN = { DISPLAY: '', WAYLAND_DISPLAY: '', DARCHA_BROWSER_ARGS: '' };

test('a second start while a window is open shows that window, and starts nothing', async () => {
  const [central, station] = [String(await freePort()), String(await freePort())];
  const args = ['--data', data, '--central-port', central, '--port', station, '--shell', 'browser'];
  const first = runWith(HEADLESS, 'start.mjs', ...args);
  await first.said('closing the window, ends it.');
  await expect.poll(() => pageAt(station).catch(() => ''), { timeout: 60_000 }).toContain('<script');
  const pid = runningPid();

  // Not asked for again: the desk stays in its shell.
  const second = await runWith(HEADLESS, 'start.mjs', '--data', data).ended;
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining('its window is shown') });
  expect([first.child.exitCode, runningPid(), isAlive(pid)]).toEqual([null, pid, true]);

  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  expect([isAlive(pid), await isPortTaken(Number(station))]).toEqual([false, false]);
});

test('a browser that cannot be started is told in a sentence, with what to do, before anything runs', async () => {
  const env = { ...HEADLESS, DARCHA_BROWSER: '/none/chromium' };
  const { code, output } = await runWith(env, 'start.mjs', '--data', data, '--shell', 'browser').ended;
  expect([code, output.trim().split('\n')]).toEqual([
    5,
    [
      expect.stringContaining('DARCHA_BROWSER names /none/chromium'),
      expect.stringMatching(/^Next: .*npm start -- --shell none/),
    ],
  ]);
  expect(existsSync(join(data, 'running.json'))).toBe(false);
});

test('a desk is opened in no other shell than that of its first start', async () => {
  const port = String(await freePort());
  const first = run('start.mjs', '--data', data, '--station', '--shell', 'none', '--port', port);
  await first.said('darcha.localhost');
  first.child.kill('SIGTERM');
  await first.ended;

  const toElectron = await run('start.mjs', '--data', data, '--shell', 'electron').ended;
  expect(toElectron).toMatchObject({
    code: 7,
    output: expect.stringMatching(
      /set up in the browser shell.*\nNext: .*--shell browser; .*--desk baxmal-2/,
    ),
  });

  writeFileSync(join(data, 'stations', 'baxmal-1', 'shell.txt'), 'electron\n');
  const toNone = await run('start.mjs', '--data', data, '--shell', 'none').ended;
  expect(toNone).toMatchObject({ code: 7, output: expect.stringContaining('set up in the electron shell') });
  // Not even where nothing else can be had.
  const unasked = await runWith(NO_SCREEN, 'start.mjs', '--data', data).ended;
  expect(unasked).toMatchObject({ code: 5, output: expect.stringContaining('set up in the electron shell') });
  expect(existsSync(join(data, 'running.json'))).toBe(false);
});

test('a report without a server tells the next step', async () => {
  expect(await run('report.mjs', 'sync', '--data', data).ended).toMatchObject({
    code: 2,
    output: expect.stringContaining('run npm start once'),
  });
  expect(await run('report.mjs', 'sync', '--fromat', 'csv').ended).toMatchObject({
    code: 2,
    output: expect.stringContaining("Unknown option '--fromat'"),
  });
});

test('a Node that is too old is told so, whatever the command', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } })`;
  const env = { NODE_OPTIONS: `--import="data:text/javascript,${encodeURIComponent(old)}"` };
  for (const script of ['start.mjs', 'report.mjs', 'demo-reset.mjs']) {
    expect(await runWith(env, script, '--nonsense').ended).toEqual({
      code: 6,
      output: expect.stringMatching(/^\nDarcha: .*here is Node 18\.20\.4\.\nNext: .*nodejs\.org.*\n$/),
    });
  }
});

test('a data folder that cannot be made, or holds other things, is refused with exit code 4', async () => {
  writeFileSync(data, 'a file');
  expect(await run('start.mjs', '--data', join(data, 'in')).ended).toMatchObject({
    code: 4,
    output: expect.stringContaining('cannot be written'),
  });
  mkdirSync(join(work, 'photos'));
  writeFileSync(join(work, 'photos', 'a.jpg'), '');
  expect((await run('start.mjs', '--data', join(work, 'photos')).ended).code).toBe(4);
  const reset = await run('demo-reset.mjs', '--data', join(work, 'photos')).ended;
  expect(reset).toMatchObject({ code: 2, output: expect.stringContaining('nothing was removed') });
  expect(existsSync(join(work, 'photos', 'a.jpg'))).toBe(true);
});

test('an option that is not known is answered with the next step and exit code 2', async () => {
  expect(await run('start.mjs', '--desktop').ended).toMatchObject({
    code: 2,
    output: expect.stringContaining('--help'),
  });
});

// Node resolves darcha.localhost like any name; a browser knows it is this machine.
async function pageAt(port: string): Promise<string> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers: { host: `darcha.localhost:${port}` } }, (answer) => {
      let text = '';
      answer.on('data', (bytes) => {
        text += bytes;
      });
      answer.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
}
