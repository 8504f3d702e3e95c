import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toService } from '#model/service.fixture';
import type { EnrolAnswer } from '#protocol/enrol';
import { startPostgres } from '../../tests/suites/start-postgres.ts';
import { startS3 } from '../../tests/suites/start-s3.ts';
import { enrolBy } from './auth/desk-key.fixture.ts';
import { SEED } from './central.fixture.ts';
import {
  buildProgram,
  type Ended,
  type RunningProgram,
  runProgram,
  startProgram,
} from './program.fixture.ts';

const CATALOGUE = { services: SEED.services, reference: SEED.reference };

describe('the commands of the central program', () => {
  let folder: string;
  let program: { main: string; folder: string };
  const running: RunningProgram[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'darcha-commands-'));
    program = await buildProgram('commands-under-test');
    await writeFile(join(folder, 'seed.json'), JSON.stringify(SEED));
  });
  afterAll(async () => {
    for (const it of running) await it.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    await rm(program.folder, { recursive: true, force: true });
  });

  const run = (...args: string[]): Promise<Ended> => runProgram(program.main, args);
  const serve = async (args: string[], env: NodeJS.ProcessEnv = {}): Promise<RunningProgram> => {
    const started = await startProgram(program.main, ['--port', '0', ...args], env);
    running.push(started);
    return started;
  };
  const enrol = (url: string, code: string): Promise<EnrolAnswer> => {
    const post = async (body: object): Promise<unknown> => {
      const answer = await fetch(`${url}/v1/enrol`, {
        method: 'POST',
        headers: { 'darcha-protocol': '1', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    return enrolBy(post, { code, desk: 'Desk' });
  };
  const pull = async (url: string, token: string, collection: string) => {
    const headers = { 'darcha-protocol': '1', authorization: `Bearer ${token}` };
    const page = await (
      await fetch(`${url}/v1/pull/${collection}?since=0&bytes=1000000`, { headers })
    ).json();
    return page as { epoch: string; docs: { doc: { id: string; name?: { ru: string } } }[] };
  };
  const write = async (name: string, data: unknown): Promise<string> => {
    await writeFile(join(folder, name), typeof data === 'string' ? data : JSON.stringify(data));
    return join(folder, name);
  };
  const expectProblem = (ended: Ended, code: number, problem: string): void => {
    expect(ended).toEqual({ code, said: '', problem: expect.stringContaining(problem) });
    expect(ended.problem).toMatch(/^Darcha central: .+\.\nNext: .+\n$/);
  };

  it('keeps people: makes them, moves them, and hears by the input alone what they are known by', async () => {
    const at = ['--data', join(folder, 'people')];
    const server = await serve([...at, '--seed', join(folder, 'seed.json')]);
    await server.end('SIGTERM');
    const person = (does: string, ...args: string[]) => run('person', does, ...at, ...args);
    const set = (kind: string, input: string) =>
      runProgram(program.main, ['person', `set-${kind}`, ...at, '--id', 'lola'], {}, `${input}\n`);

    const lola = ['--id', 'lola', '--centre', '13', '--role', 'clerk'];
    const added = await person('add', ...lola, '--name', "  Go'zal  Lola ", '--from', '2026-01-01');
    expect(added).toMatchObject({ code: 0, said: expect.stringContaining('lola\tGoʻzal Lola\n') });
    // Midnight of Tashkent.
    expect(added.said).toContain('clerk at 13, 2025-12-31T19:00Z to …');
    expectProblem(await person('move', ...lola, '--for', 'boss'), 2, 'needs --to');
    expect((await set('pin', '123456')).code).toBe(2);
    expect(await set('pin', '274916')).toMatchObject({
      code: 0,
      said: expect.stringContaining('the pin of lola'),
    });

    const moved = await person('move', '--id', 'lola', '--centre', '11', '--role', 'senior-clerk');
    expect(moved.said).toMatch(
      /clerk at 13, 2025-12-31T19:00Z to 20\d\d-.*\n {2}senior-clerk at 11, .* to …\n$/,
    );
    expect((await person('end', '--id', 'lola')).said).not.toContain('to …');

    const again = await serve(at);
    const code = await run('enrol', ...at, '--centre', '11');
    const desk = await enrol(again.url, code.said.trim());
    const headers = { 'darcha-protocol': '1', authorization: `Bearer ${desk.token}` };
    const known = await (await fetch(`${again.url}/v1/credentials`, { headers })).json();
    expect(known).toEqual({ asOf: expect.any(Number), people: [] });
    expect((await pull(again.url, desk.token, 'staff')).docs.map(({ doc }) => doc.id)).toEqual(['lola']);
    expect(again.said()).not.toContain('argon2');
  });

  it('publishes a catalogue and makes a centre beside a server that works', async (context) => {
    const postgres = await startPostgres();
    if (postgres.outcome === 'none') return context.skip(`no PostgreSQL: ${postgres.reason}`);
    const at = ['--database-url', postgres.url];
    const server = await serve([
      '--data',
      join(folder, 'beside'),
      '--seed',
      join(folder, 'seed.json'),
      '--demo',
      ...at,
    ]);
    const desk = await enrol(server.url, 'demo-13');

    const next = [{ ...toService(1), current: false }, toService(2, 'New allowance')];
    const file = await write('next.json', { ...CATALOGUE, services: next });
    expect(await run('catalogue', 'check', file)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^good: 2 /),
    });
    const published = await run('catalogue', 'publish', file, ...at);
    expect(published).toMatchObject({ code: 0, said: expect.stringMatching(/^2 published/) });
    expect((await run('catalogue', 'publish', file, ...at)).said).toMatch(/^0 published/);
    const { docs } = await pull(server.url, desk.token, 'services');
    expect(docs.map(({ doc }) => [doc.id, doc.name?.ru]).sort()).toEqual([
      ['SOC-03@1', 'Birth allowance'],
      ['SOC-03@2', 'New allowance'],
    ]);

    const centre = [
      '--centre',
      '31',
      '--name',
      'Zomin',
      '--prefix',
      '1708208',
      '--place',
      '1708',
      '--parent',
      '1',
    ];
    expect(await run('centre', 'add', ...centre, ...at)).toMatchObject({ code: 0, problem: '' });
    const code = (await run('enrol', '--centre', '31', ...at)).said.trim();
    expect(await enrol(server.url, code)).toMatchObject({ centreId: 31, deskNumber: 1 });
    const reference = await pull(server.url, desk.token, 'reference');
    expect(reference.docs.map(({ doc }) => doc.id)).toContain('centre-31');

    expectProblem(await run('centre', 'add', ...centre, ...at), 2, 'there is a centre 31 already');
    const another = centre.with(1, '32');
    expectProblem(await run('centre', 'add', ...another.with(9, '99'), ...at), 2, 'there is no centre 99');
    expectProblem(await run('centre', 'add', ...another.with(5, '17'), ...at), 2, 'numberPrefix');
    expectProblem(await run('centre', 'add', ...another, '--type', 'tent', ...at), 2, 'at type');
    expectProblem(await run('centre', 'add', ...another.slice(2), ...at), 2, '--centre needs the number');
    expectProblem(await run('centre', 'add', '--centre', '32', ...at), 2, '--name is missing');
    expect(await server.end('SIGTERM')).toBe(0);
    await postgres.stop();
    expectProblem(await run('catalogue', 'publish', file, ...at), 1, 'ECONNREFUSED');
  });

  it('publishes nothing of a catalogue with a fault, and names the fault', async () => {
    const data = join(folder, 'alone');
    const at = ['--data', data];
    expect((await run('catalogue', 'publish', await write('good.json', CATALOGUE), ...at)).code).toBe(0);
    const [service] = CATALOGUE.services;
    const faults: [unknown, string][] = [
      ['{', 'cannot be read as JSON'],
      [{ services: [{}], reference: [] }, 'services.0'],
      [{ ...CATALOGUE, services: [service, service] }, 'SOC-03@1 stands twice'],
      [{ ...CATALOGUE, services: [{ ...service, id: 'SOC-03@2' }] }, 'SOC-03@2 is SOC-03@1'],
      [{ ...CATALOGUE, services: [service, toService(2)] }, 'two current versions'],
    ];
    for (const [catalogue, fault] of faults) {
      const file = await write('bad.json', catalogue);
      expectProblem(await run('catalogue', 'check', file), 2, fault);
      expectProblem(await run('catalogue', 'publish', file, ...at), 2, fault);
    }
    expectProblem(await run('catalogue', 'publish', join(folder, 'none.json'), ...at), 2, 'cannot be read');
    expectProblem(await run('catalogue', 'publish', ...at), 2, 'needs the name of a file');
    const server = await serve(['--data', data, '--seed', join(folder, 'seed.json'), '--demo']);
    const { docs } = await pull(server.url, (await enrol(server.url, 'demo-13')).token, 'services');
    expect(docs.map(({ doc }) => doc.id)).toEqual(['SOC-03@1']);
    expectProblem(
      await run('catalogue', 'publish', join(folder, 'good.json'), ...at),
      4,
      'a server works in the data folder',
    );
    await server.end('SIGTERM');
  });

  it('makes the copy that is due when it starts, one a day, keeps fourteen, and each can be restored', async () => {
    const data = join(folder, 'copied');
    const backups = join(folder, 'backups');
    await mkdir(backups);
    const old = Array.from(
      { length: 16 },
      (_, at) => `darcha-2025-01-${String(at + 1).padStart(2, '0')}.jsonl.gz`,
    );
    for (const it of [...old, 'notes.txt']) await write(join('backups', it), 'old');
    const args = ['--data', data, '--seed', join(folder, 'seed.json'), '--demo', '--backup-folder', backups];
    const first = await serve(args);
    const newest = async (): Promise<string> =>
      (await readdir(backups)).filter((it) => it.startsWith('darcha-')).at(-1) ?? '';
    await expect
      .poll(newest, { timeout: 60_000 })
      .toMatch(/^darcha-2(02[6-9]|0[3-9]\d)-\d\d-\d\d\.jsonl\.gz$/);
    const desk = await enrol(first.url, 'demo-13');
    expect(await first.end('SIGTERM')).toBe(0);
    // The oldest ones went, and nothing that is no copy.
    expect((await readdir(backups)).sort()).toEqual([...old.slice(3), await newest(), 'notes.txt']);

    const file = join(backups, await newest());
    const { mtimeMs } = await stat(file);
    const second = await serve(args);
    const { epoch } = await pull(second.url, desk.token, 'services');
    await second.end('SIGTERM');
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);

    const restored = ['--data', join(folder, 'restored')];
    expect(await run('restore', file, ...restored)).toMatchObject({ code: 0, problem: '' });
    const third = await serve([...restored, '--demo']);
    const page = await pull(third.url, (await enrol(third.url, 'demo-13')).token, 'services');
    expect(page.docs.map(({ doc }) => doc.id)).toEqual(['SOC-03@1']);
    expect(page.epoch).not.toBe(epoch);
    await third.end('SIGTERM');
    expectProblem(await run('restore', file, ...restored), 2, 'the database is not empty');
    expectProblem(
      await run('restore', join(backups, 'notes.txt'), '--data', join(folder, 'new')),
      2,
      'is no backup',
    );
  });

  it('keeps scans in a bucket, and says at its start what is wrong with it', async (context) => {
    const started = await startS3();
    if (started.outcome === 'none') return context.skip(`no S3 server: ${started.reason}`);
    const { s3 } = started;
    const { endpoint, bucket, accessKeyId, secretAccessKey } = s3.address;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const at = (name: string, ...more: string[]): string[] => {
      const place = ['--s3-endpoint', endpoint, '--s3-bucket', name];
      return [
        '--data',
        join(folder, 'scans'),
        '--port',
        '0',
        '--seed',
        join(folder, 'seed.json'),
        ...place,
        ...more,
      ];
    };
    const server = await serve([...at(bucket), '--demo'], keys);
    expect(await readdir(join(folder, 'scans'))).not.toContain('uploads');
    await server.end('SIGTERM');
    const wrong = { ...keys, AWS_SECRET_ACCESS_KEY: 'another' };
    expectProblem(await runProgram(program.main, at(bucket), wrong), 1, 'refuses us');
    expectProblem(await runProgram(program.main, at('no-such-bucket'), keys), 1, 'refuses us');
    await s3.stop();
    expectProblem(await runProgram(program.main, at(bucket), keys), 1, 'does not answer');
    await s3.close();
  });
});
