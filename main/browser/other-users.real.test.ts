import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { newFolder, openSession, port, start, swap, tokenOf } from './browser-shell.fixture.ts';

const OTHER = 65_534;
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot) process.stdout.write('other users of the computer: skipped, it takes root to be another user\n');

/** What a program of Node says that runs as another user of this computer. */
async function asOther(code: string, ...args: string[]): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['-e', code, ...args], { uid: OTHER, gid: OTHER, cwd: '/' });
  return stdout.trim();
}

const READ_ALL = `
  const { readFileSync } = require('node:fs');
  const read = process.argv.slice(1).filter((it) => { try { readFileSync(it); return true } catch { return false } });
  console.log(JSON.stringify(read));`;
/** Shows the boot token of a command line that everybody may read. */
const TAKE_TOKEN = `
  const { readFileSync } = require('node:fs');
  const { request } = require('node:http');
  const [pid, port, family] = process.argv.slice(1);
  const boot = /#([\\w-]{43})/.exec(readFileSync('/proc/' + pid + '/cmdline', 'latin1'))[1];
  const host = 'darcha.localhost:' + port;
  const headers = { host, 'content-type': 'application/json' };
  const asked = request({ host: family, port, path: '/session', method: 'POST', headers }, (it) =>
    console.log(boot + ' ' + it.statusCode));
  asked.end(JSON.stringify({ boot, claim: 'mine' }));`;

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
}

describe.skipIf(!isRoot)('another user of the computer', () => {
  test('reads nothing of a desk, not even where the folder was made for everybody', async () => {
    const home = await newFolder();
    const data = join(home, 'data');
    const config = join(home, 'config');
    for (const it of [data, config]) await mkdir(it);
    for (const it of [home, data, config]) await chmod(it, 0o755);
    // The guards are files of ours: this one has none, and is read.
    await writeFile(join(data, 'open.txt'), 'x', { mode: 0o644 });
    const run = start(data, ['--show', 'none'], { XDG_CONFIG_HOME: config });
    await openSession(run);
    const files = [...(await filesBelow(data)), ...(await filesBelow(config))];

    expect(files.map((it) => it.slice(home.length + 1))).toEqual(
      expect.arrayContaining([
        'config/darcha/host.key',
        'data/instance.key',
        'data/keys.json',
        'data/shell.txt',
      ]),
    );
    expect(JSON.parse(await asOther(READ_ALL, ...files))).toEqual([join(data, 'open.txt')]);
    for (const it of files.slice(1))
      if (!it.endsWith('open.txt')) expect((await stat(it)).mode & 0o077).toBe(0);
  });

  test.each(['127.0.0.1', '::1'])('gets no session by the token of a command line, at %s', async (family) => {
    const browser = join(await newFolder(), 'browser');
    // A browser of which nothing is seen but its command line.
    await writeFile(browser, `#!${process.execPath}\nsetTimeout(() => {}, 60_000);\n`, { mode: 0o755 });
    const run = start(await newFolder(), ['--show', 'app'], { DARCHA_BROWSER: browser });
    const child = await childOf(run.child.pid ?? 0);
    const [boot, status] = (await asOther(TAKE_TOKEN, String(child), String(port), family)).split(' ');

    expect(status).toBe('403');
    await expect.poll(() => run.said()).toContain('boot-token-shown-by-another-user');
    expect((await swap(boot ?? '')).status).toBe(200);
  });
});

async function childOf(pid: number): Promise<number> {
  let found = 0;
  const look = async (): Promise<number> => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(pid)]).catch(() => ({
      stdout: '',
    }));
    found = Number(stdout.trim().split(/\s+/)[0] ?? 0);
    return found;
  };
  await expect.poll(look, { timeout: 30_000 }).toBeGreaterThan(0);
  return found;
}

describe('who has the port first', () => {
  const squatters: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const it of squatters.splice(0)) it.close();
  });

  // On the other loopback address alone: a browser may try that one first, and who answers there would be our page.
  test.each(['127.0.0.1', '::1', '0.0.0.0', '::'])('at %s keeps the station from starting', async (host) => {
    const squatter = createServer((it) => it.destroy()).listen(port, host);
    squatters.push(squatter);
    await once(squatter, 'listening');
    const run = start(await newFolder());

    expect(await run.ended()).toBe(3);
    expect(run.said()).toContain(`port ${port} is held by`);
    expect(run.said()).toContain(`(process ${process.pid})`);
  });
});
