import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, loadConfigFromFile, mergeConfig } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { createDeskKey, type DeskKey, enrolBy, toSigned } from './auth/desk-key.fixture.ts';
import { createEventMaker, SEED } from './central.fixture.ts';
import { type Ended, runProgram } from './program.fixture.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUT = join(ROOT, 'out', 'server-under-test');

describe('the program of the central server', () => {
  let folder: string;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'darcha-main-'));
    await writeFile(join(folder, 'seed.json'), JSON.stringify(SEED));
    const file = join(ROOT, 'build/bundles/server.config.ts');
    const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, file);
    const config = mergeConfig(loaded?.config ?? {}, {
      root: ROOT,
      logLevel: 'error',
      build: { outDir: OUT },
    });
    await build({ ...config, configFile: false });
  });
  afterAll(async () => {
    for (const it of started) if (it.exitCode === null) it.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    await rm(OUT, { recursive: true, force: true });
  });

  const run = (program: string, args: string[]): Promise<Ended> => runProgram(join(OUT, program), args);
  const start = (
    data: string,
    ...args: string[]
  ): Promise<{ url: string; child: ChildProcess; log(): string }> =>
    new Promise((resolve, reject) => {
      const all = ['--data', data, '--port', '0', '--seed', join(folder, 'seed.json'), '--demo', ...args];
      const child = spawn(process.execPath, [join(OUT, 'main.js'), ...all], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      started.push(child);
      let [said, log] = ['', ''];
      child.stderr.on('data', (chunk) => {
        log += String(chunk);
      });
      child.stdout.on('data', (chunk) => {
        said += String(chunk);
        const url = /^darcha-central ready (http:\S+)\n/.exec(said)?.[1];
        if (url !== undefined) resolve({ url, child, log: () => log });
      });
      child.on('exit', (code) => reject(new Error(`ended by ${code}: ${log}`)));
    });
  const end = (child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> =>
    new Promise((resolve) => {
      child.on('exit', (code) => resolve(code));
      child.kill(signal);
    });
  const post = (url: string, path: string, body: unknown, token?: string) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'darcha-protocol': '1',
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(toSigned(token, body)),
    });
  const enrol = (url: string, code: string): Promise<EnrolAnswer> =>
    enrolBy(async (body) => (await post(url, '/v1/enrol', body)).json(), { code, desk: 'Desk' });
  const epochOf = async (url: string, token: string): Promise<string> => {
    const headers = { 'darcha-protocol': '1', authorization: `Bearer ${token}` };
    const page = (await (await fetch(`${url}/v1/pull/events`, { headers })).json()) as { epoch: string };
    return page.epoch;
  };

  it('keeps what it acknowledged when it is killed, and closes cleanly when asked', async () => {
    const data = join(folder, 'kept');
    const first = await start(data);
    const desk = await enrol(first.url, 'demo-13');
    const make = createEventMaker(desk.device);
    const epoch = await epochOf(first.url, desk.token);
    const events = [make.open('case-1'), make.note('case-1', 'secret-of-a-citizen')];
    const ask = { device: desk.device, epoch, from: 1, events };
    const answer = await (await post(first.url, '/v1/push/events', ask, desk.token)).json();
    await end(first.child, 'SIGKILL');

    const second = await start(data);
    const again = await (await post(second.url, '/v1/push/events', ask, desk.token)).json();
    expect(again).toEqual(answer);
    expect(await epochOf(second.url, desk.token)).toBe(epoch);
    await fetch(`${second.url}/v1/pull/events?since=0&secret=of-a-citizen`);
    expect(second.log()).toContain('"/v1/push/events"');
    expect(second.log()).not.toMatch(/secret|of-a-citizen|case-1|Bearer/);
    expect(await end(second.child, 'SIGTERM')).toBe(0);
    expect(await stat(join(data, 'lock')).catch(() => null)).toBeNull();
    expect((await stat(join(data, 'admin-key'))).mode & 0o777).toBe(0o600);
  });

  it('goes on with an upload where it was killed, within a chunk, and proves the chunk then', async () => {
    const data = join(folder, 'uploads');
    const first = await start(data);
    const { token } = await enrol(first.url, 'demo-13');
    const file = randomBytes(100_000);
    const hash = createHash('sha256').update(file);
    const common = { 'darcha-protocol': '1', authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' };
    const sha256 = hash.copy().digest('hex');
    const created = await fetch(`${first.url}/v1/uploads`, {
      method: 'POST',
      headers: {
        ...common,
        'upload-length': String(file.length),
        'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
      },
    });
    const path = `/v1/${created.headers.get('location')}`;
    const patch = {
      ...common,
      'content-type': 'application/offset+octet-stream',
      'content-length': String(file.length),
      'upload-offset': '0',
      'upload-checksum': `sha256 ${hash.digest('base64')}`,
    };
    const sent = request(`${first.url}${path}`, { method: 'PATCH', headers: patch });
    sent.on('error', () => undefined);
    sent.write(file.subarray(0, 33_333));
    const part = join(data, path.replace('/v1/', ''));
    await expect
      .poll(async () => (await stat(part).catch(() => null))?.size, { timeout: 30_000 })
      .toBe(33_333);
    await end(first.child, 'SIGKILL');

    const second = await start(data);
    // The lease of the one that was killed runs out first.
    const head = await fetch(`${second.url}${path}`, { method: 'HEAD', headers: common });
    expect([head.status, head.headers.get('upload-offset')]).toEqual([200, '33333']);
    const rest = file.subarray(33_333);
    const { 'upload-checksum': _checksum, 'content-length': _length, ...plain } = patch;
    const last = await fetch(`${second.url}${path}`, {
      method: 'PATCH',
      headers: { ...plain, 'upload-offset': '33333' },
      body: rest,
    });
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, '100000']);
    const found = await fetch(`${second.url}/v1/files/${sha256}`, { method: 'HEAD', headers: common });
    expect(found.headers.get('content-length')).toBe('100000');
    expect(second.log()).not.toMatch(new RegExp(`${sha256}|${path}`));
    await end(second.child, 'SIGTERM');
  });

  it('makes codes of one use, and the sync report, while it runs and while it does not', async () => {
    const data = join(folder, 'codes');
    const server = await start(data);
    const running = await run('main.js', ['enrol', '--data', data, '--centre', '14']);
    const as = { code: running.said.trim(), desk: 'Van' };
    const enrolWith = (key: DeskKey): Promise<Response> => post(server.url, '/v1/enrol', key.toEnrolAsk(as));
    const enrolled = (await (await enrolWith(createDeskKey())).json()) as EnrolAnswer;
    expect(enrolled).toMatchObject({ centreId: 14, deskNumber: 1 });
    expect((await enrolWith(createDeskKey())).status).toBe(401);
    const report = ['report', 'sync', '--central', server.url, '--key-file', join(data, 'admin-key')];
    const csv = await run('main.js', report);
    expect(csv.said.split('\r\n')[1]).toMatch(/,14,Centre 14,Van,ws-[^,]+,never,/);
    const json = await run('main.js', [...report, '--format', 'json']);
    expect(JSON.parse(json.said)).toMatchObject({
      totals: { desks: 1 },
      rows: [{ desk: 'Van', health: 'never' }],
    });
    expect(await run('main.js', ['enrol', '--data', data, '--centre', '999'])).toMatchObject({ code: 2 });
    await end(server.child, 'SIGTERM');
    const closed = await run('main.js', ['enrol', '--data', data, '--centre', '14']);
    expect(closed).toMatchObject({ code: 0, said: expect.stringMatching(/^(\w{4}-){4}\w{4}\n$/) });
    expect(await run('main.js', report)).toMatchObject({
      code: 1,
      problem: expect.stringContaining('no server'),
    });
  });

  it('writes a file for a station, sends a desk away, and proves what it had recorded', async () => {
    const data = join(folder, 'trust');
    const server = await start(data);
    const file = join(folder, 'desk.enrolment');
    const toFile = ['enrol', '--data', data, '--centre', '13', '--out', file, '--central', server.url];
    expect(await run('main.js', toFile)).toMatchObject({
      code: 0,
      said: expect.stringContaining('--enrolment'),
    });
    const { code, central } = JSON.parse(await readFile(file, 'utf8')) as { code: string; central: string };
    expect([central, (await stat(file)).mode & 0o777]).toEqual([server.url, 0o600]);
    expect(await run('main.js', toFile)).toMatchObject({ code: 4 });

    const desk = await enrol(server.url, code);
    const epoch = await epochOf(server.url, desk.token);
    const make = createEventMaker(desk.device);
    const events = [make.open('case-1'), make.note('case-1', 'secret-of-a-citizen')];
    const push = { device: desk.device, epoch, from: 1, events };
    expect((await post(server.url, '/v1/push/events', push, desk.token)).status).toBe(200);
    const away = ['revoke', '--data', data, '--device', desk.device];
    expect(await run('main.js', away)).toMatchObject({ code: 0 });
    expect((await post(server.url, '/v1/push/events', push, desk.token)).status).toBe(403);
    expect(await run('main.js', ['revoke', '--data', data, '--device', 'nobody'])).toMatchObject({ code: 2 });

    const audit = ['audit', 'verify', '--data', data, '--centre', '13'];
    expect(await run('main.js', audit)).toMatchObject({ code: 4 });
    await end(server.child, 'SIGTERM');
    const proved = await run('main.js', [...audit, '--case', 'case-1']);
    expect(proved).toMatchObject({ code: 0, said: expect.stringContaining('PROVED: nothing is missing') });
    expect(proved.said).toContain(`note.added by baxmal-clerk-1 at desk ${desk.device} as its 2`);
    expect(proved.said).not.toContain('secret-of-a-citizen');
    expect(await run('main.js', [...audit, '--case', 'none'])).toMatchObject({ code: 2 });

    const out = join(folder, 'subject.json');
    const ask = (typed: string): Promise<Ended> =>
      runProgram(join(OUT, 'main.js'), ['subject', 'export', '--data', data, '--out', out], {}, typed);
    expect(await ask('Nobody-1\n')).toMatchObject({ code: 1 });
    expect(await ask('aziza\n')).toMatchObject({
      code: 0,
      said: expect.stringContaining('1 cases of 1 centres'),
    });
    const { cases, proofs } = JSON.parse(await readFile(out, 'utf8')) as {
      cases: object[];
      proofs: string[];
    };
    expect([cases.length, (await stat(out)).mode & 0o777]).toEqual([1, 0o600]);
    expect(proofs[0]).toContain('PROVED: nothing is missing');
    expect(await ask('aziza\n')).toMatchObject({ code: 4 });
  });

  it('says in a sentence what is wrong and what to do next', async () => {
    const data = join(folder, 'wrong');
    const server = await start(data);
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    await writeFile(join(folder, 'a-file'), '');
    await writeFile(join(folder, 'bad.json'), '{"services":[{}]}');
    const fresh = join(folder, 'fresh');
    const made = join(folder, 'made');
    await run('main.js', ['migrate', '--data', made]);
    const bucketAt = (endpoint: string): string[] => ['--s3-endpoint', endpoint, '--s3-bucket', 'scans'];
    const asked: [string[], number, string][] = [
      [['--data', data, '--port', '0'], 4, 'is in use by another server'],
      [
        ['--data', fresh, '--port', String(port)],
        3,
        `port ${port} of 127.0.0.1 is in use by another program`,
      ],
      [['--data', join(folder, 'a-file')], 4, 'cannot be written'],
      [['--data', join(folder, 'a-file', 'below')], 4, 'cannot be written'],
      [[], 2, '--data is missing'],
      [['--data', fresh, '--port', 'x'], 2, 'is not a port'],
      [['backup', '--data', fresh], 2, 'needs the name of a file'],
      [['backup', 'x', '--data', data], 4, 'a server works in the data folder'],
      [['backup', 'x', '--data', fresh, '--port', '1'], 2, '--port does not go with backup'],
      [['backup', 'x', '--data', fresh], 2, 'the database has nothing in it'],
      [['backup', join(folder, 'none', 'x'), '--data', made], 4, 'cannot be written (ENOENT)'],
      [['--data', fresh, '--backup-folder', join(folder, 'a-file')], 4, 'the backup folder'],
      [['--data', fresh, '--files', join(folder, 'a-file')], 4, 'the folder of files'],
      [['--data', fresh, '--s3-bucket', 'scans'], 2, 'go together'],
      [['--data', fresh, '--files', 'x', ...bucketAt('http://127.0.0.1:1')], 2, '--files does not go with'],
      [['--data', fresh, ...bucketAt('127.0.0.1')], 2, 'is not an address of http'],
      [['--data', fresh, ...bucketAt('http://127.0.0.1:1')], 2, 'AWS_ACCESS_KEY_ID'],
      [['restore', join(folder, 'none'), '--data', fresh], 2, 'there is no file'],
      [['restore', join(folder, 'a-file'), '--data', fresh], 2, 'is no backup'],
      [['catalogue', 'check', join(folder, 'bad.json')], 2, 'services.0'],
      [['migrate', '--database-url', 'postgres://127.0.0.1:1/x'], 1, 'ECONNREFUSED'],
      [['--data', fresh, '--sed', 'x'], 2, 'sed'],
      [['start', '--data', fresh], 2, '"start" is not a command'],
      [['enrol', '--data', fresh], 2, '--centre'],
      [['--data', fresh, '--seed', join(folder, 'none.json')], 2, 'cannot be read'],
      [['--data', fresh, '--seed', join(folder, 'bad.json')], 2, 'not as it should be (at services.0'],
      [
        ['--data', fresh, '--database-url', 'postgres://127.0.0.1:1/x'],
        1,
        'the database could not be opened',
      ],
    ];
    for (const [args, code, problem] of asked) {
      const ended = await run('main.js', args);
      expect(ended).toEqual({ code, said: '', problem: expect.stringContaining(problem) });
      expect(ended.problem).toMatch(/^Darcha central: .+\.\nNext: .+\n$/);
    }
    taken.close();
    await end(server.child, 'SIGTERM');
  });

  it('takes over a data folder whose server was killed, also when its number was given to another process', async () => {
    const data = join(folder, 'stale');
    const first = await start(data);
    await end(first.child, 'SIGKILL');
    const lock = JSON.parse(await readFile(join(data, 'lock'), 'utf8')) as object;
    await writeFile(join(data, 'lock'), JSON.stringify({ ...lock, pid: process.pid }));
    const second = await start(data);
    const sha256 = createHash('sha256').update('a').digest('hex');
    expect((await fetch(`${second.url}/v1/files/${sha256}`, { method: 'HEAD' })).status).toBe(426);
    await end(second.child, 'SIGTERM');
  });
});
