import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { startPostgres } from '../../tests/suites/start-postgres.ts';
import { ask, enrol, openTestCentral, SEED, type TestCentral } from './central.fixture.ts';
import { createLeaseLockers, LEASE_TIMES } from './store/lease-locker.ts';
import { migrate } from './store/migrate.ts';
import { openPostgresSql } from './store/postgres-sql.ts';
import { saveSeed } from './store/save-seed.ts';
import type { Sql } from './store/sql.ts';

const postgres = await startPostgres();
if (postgres.outcome === 'none') process.stderr.write(`PostgreSQL was not tried: ${postgres.reason}\n`);

describe.skipIf(postgres.outcome === 'none')('two servers on one database and one folder', () => {
  const sqls: Sql[] = [];
  let [one, two]: TestCentral[] = [];
  let desk: EnrolAnswer;
  let urls: string[];

  beforeAll(async () => {
    if (postgres.outcome === 'none') return;
    for (let at = 0; at < 2; at += 1) sqls.push(openPostgresSql({ url: postgres.url }));
    const [first, second] = sqls as [Sql, Sql];
    await migrate(first);
    await saveSeed(first, SEED, { demo: true });
    one = await openTestCentral({ sql: first });
    two = await openTestCentral({ sql: second, folder: one.folder });
    for (const it of [one, two]) it.clock.now = Date.now();
    urls = [await one.listen(), await two.listen()];
    desk = await enrol(one, 13);
  });
  afterAll(async () => {
    await two?.close();
    await one?.close();
    for (const it of sqls) await it.close();
    if (postgres.outcome === 'running') await postgres.stop();
  });

  const file = randomBytes(80_000);
  const common = () => ({
    'darcha-protocol': '1',
    authorization: `Bearer ${desk.token}`,
    'tus-resumable': '1.0.0',
  });

  async function begin(bytes: Buffer): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { headers } = await ask(one as TestCentral, desk.token, {
      url: '/v1/uploads',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(bytes.length),
        'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
      },
    });
    return `/v1/${headers.location}`;
  }

  const patch = (url: string, from: number, body: Buffer): Promise<Response> =>
    fetch(url, {
      method: 'PATCH',
      headers: {
        ...common(),
        'upload-offset': String(from),
        'content-type': 'application/offset+octet-stream',
        'upload-checksum': `sha256 ${createHash('sha256').update(body).digest('base64')}`,
      },
      body: new Uint8Array(body),
    });

  it('take chunks of one upload in turn, and one of two at once', async () => {
    const path = await begin(file);
    const [a = '', b = ''] = urls;
    expect((await patch(`${a}${path}`, 0, file.subarray(0, 30_000))).status).toBe(204);
    const both = await Promise.all(
      [a, b, a, b].map((url) => patch(`${url}${path}`, 30_000, file.subarray(30_000, 60_000))),
    );
    expect(both.map((it) => it.status).sort()).toEqual([204, 409, 409, 409]);
    const last = await patch(`${b}${path}`, 60_000, file.subarray(60_000));
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, '80000']);
  });

  it('a request that waits for bytes that never come gives way to one at the other server', async () => {
    const other = randomBytes(80_000);
    const path = await begin(other);
    const [a = '', b = ''] = urls;
    const headers = {
      ...common(),
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': '80000',
    };
    const stuck = request(`${a}${path}`, { method: 'PATCH', headers });
    stuck.on('error', () => undefined);
    stuck.write(other.subarray(0, 20_000));
    const sql = sqls[0] as Sql;
    const held = () => sql.query('select 1 from upload_lease');
    await expect.poll(held, { timeout: 30_000 }).toHaveLength(1);
    const head = await fetch(`${b}${path}`, { method: 'HEAD', headers: common() });
    expect([head.status, head.headers.get('upload-offset')]).toEqual([200, '20000']);
    expect((await patch(`${b}${path}`, 20_000, other.subarray(20_000))).status).toBe(204);
    expect(await held()).toEqual([]);
    stuck.destroy();
  });

  it('a lease of a server that was killed runs out, and whoever waits in vain hears so', async () => {
    const [first, second] = sqls as [Sql, Sql];
    const { signal } = new AbortController();
    const times = { ...LEASE_TIMES, leaseMs: 700, pollMs: 20, patienceMs: 60 };
    // Never renewed, as by a process that is no more.
    const dead = createLeaseLockers(first, { ...times, renewMs: 60_000 })(13).newLock('an-upload');
    await dead.lock(signal, () => undefined);
    const impatient = createLeaseLockers(second, times)(13).newLock('an-upload');
    await expect(impatient.lock(signal, () => undefined)).rejects.toMatchObject({ status_code: 423 });
    await createLeaseLockers(
      second,
      times,
    )(21)
      .newLock('an-upload')
      .lock(signal, () => undefined);
    const patient = createLeaseLockers(second, { ...times, patienceMs: 30_000 })(13).newLock('an-upload');
    await patient.lock(signal, () => undefined);
    await dead.unlock();
    expect(await first.query('select 1 from upload_lease where centre_id = 13')).toHaveLength(1);
    await patient.unlock();
  });
});
