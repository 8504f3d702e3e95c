import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseEvent } from '#model/case-event';
import type { EnrolAnswer } from '#protocol/enrol';
import { ErrorAnswer } from '#protocol/error';
import { PROTOCOL_HEADER } from '#protocol/protocol-version';
import {
  ADMIN_KEY,
  ask,
  createEventMaker,
  enrol,
  openTestCentral,
  STRANGER,
  type TestCentral,
} from './central.fixture.ts';
import { createCentralServer } from './central-server.ts';
import { createMetrics } from './metrics.ts';
import { openByteFolder } from './store/byte-folder.ts';
import { openFileStore } from './store/files.ts';

const SECRET = 'Secret-of-another-centre';
const RUNS = 400;
const SLOW = 1_000;

type Method = 'GET' | 'POST' | 'PATCH' | 'HEAD' | 'DELETE';
const ROUTES: readonly (readonly [Method, string])[] = [
  ['POST', '/v1/enrol'],
  ['POST', '/v1/enrolment-codes'],
  ['POST', '/v1/hello'],
  ['POST', '/v1/push/events'],
  ['POST', '/v1/push/preferences'],
  ['POST', '/v1/push/cases'],
  ['POST', '/v1/push/%00'],
  ['GET', '/v1/pull/events'],
  ['GET', '/v1/pull/cases'],
  ['GET', '/v1/pull/reference'],
  ['GET', '/v1/pull/preferences'],
  ['GET', '/v1/pull/..%2fmeta'],
  ['GET', '/v1/report/sync'],
  ['GET', '/v1/snapshots/events'],
  ['GET', '/v1/snapshots/%00'],
  ['GET', '/v1/snapshots/..%2f..%2fadmin-key'],
  ['GET', `/v1/snapshots/events/${'a'.repeat(64)}`],
  ['GET', '/v1/snapshots/cases/..%2f..%2f..%2fadmin-key'],
  ['HEAD', `/v1/files/${'a'.repeat(64)}`],
  ['HEAD', '/v1/files/..%2f..%2fadmin-key'],
  ['POST', '/v1/uploads'],
  ['PATCH', '/v1/uploads/..%2f..%2fadmin-key'],
  ['PATCH', `/v1/uploads/${'a'.repeat(36)}`],
  ['DELETE', `/v1/uploads/${'a'.repeat(36)}`],
  ['POST', '/v1/offer'],
  ['POST', '/v1/verify'],
  ['GET', '/v1/credentials'],
  ['POST', '/v1/sign-in'],
  ['GET', '/readyz'],
];

describe('bad requests', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let stranger: EnrolAnswer;

  beforeAll(async () => {
    central = await openTestCentral();
    stranger = await enrol(central, 21);
    const make = createEventMaker(stranger.device, STRANGER);
    const events = [make.open('secret-case'), make.note('secret-case', SECRET)];
    const body = { device: stranger.device, epoch: central.epoch, from: 1, events };
    await ask(central, stranger.token, { url: '/v1/push/events', body });
    const rows = [{ newDocumentState: { id: 'secret', text: SECRET } }];
    await ask(central, stranger.token, { url: '/v1/push/preferences', body: { rows } });
    desk = await enrol(central, 13);
  }, 60_000);
  afterAll(() => central.close());

  /** Everything that was asked is answered by what was asked for, or by a refusal with its code. */
  function judge({ status, body }: { status: number; body: unknown }, method: Method): void {
    expect(status).toBeLessThan(500);
    expect(JSON.stringify(body) ?? '').not.toContain(SECRET);
    if (status >= 400 && method !== 'HEAD') ErrorAnswer.strict().parse(body);
  }

  async function expectWholeDatabase(): Promise<void> {
    const streams = await central.sql.query(
      `select s.centre_id, s.head, count(e.seq)::bigint as rows, coalesce(max(e.seq), 0)::bigint as last
         from stream s left join event e using (centre_id) where s.coll = 'events'
        group by s.centre_id, s.head having s.head <> count(e.seq) or s.head <> coalesce(max(e.seq), 0)`,
    );
    const devices = await central.sql.query(
      `select device_id from device d where last_n <>
         (select count(*) from event e where e.centre_id = d.centre_id and e.device_id = d.device_id)`,
    );
    const cases = await central.sql.query(
      `select case_id from case_doc c where not exists
         (select 1 from event e where e.centre_id = c.centre_id and e.case_id = c.case_id)`,
    );
    expect({ streams, devices, cases }).toEqual({ streams: [], devices: [], cases: [] });
  }

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      '\u0000',
      '\ud800',
      '__proto__',
      'secret-case',
      'secret',
      '../../meta',
      "'; drop table event;--",
    ),
  );
  const anyValue = fc.oneof(
    anyText,
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom(0, -1, 1.5, 2 ** 53, 1e308, -(2 ** 63)),
  );

  it('of any kind are answered by a code, and leave nothing', async () => {
    const tokens = [desk.token, null, 'x'.repeat(43), `admin:${ADMIN_KEY}`, 'admin:none-of-yours'];
    const query = fc.record({ since: anyValue, bytes: anyValue, full: anyValue }, { requiredKeys: [] });
    const rawBody = fc.oneof(
      anyValue.map((it) => JSON.stringify(it) ?? ''),
      anyText,
      fc.uint8Array({ maxLength: 200 }).map((it) => Buffer.from(it)),
    );
    const header = fc.constantFrom(
      {},
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { [PROTOCOL_HEADER]: '-1' },
    );
    const request = fc.record({
      route: fc.constantFrom(...ROUTES),
      token: fc.constantFrom(...tokens),
      query,
      body: rawBody,
      headers: header,
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ route: [method, path], token, query: asked, body, headers }) => {
        const words = Object.entries(asked).map(([name, it]) => [
          name,
          // An object of chance may have no words of its own.
          typeof it === 'string' ? it : JSON.stringify(it),
        ]);
        const search = new URLSearchParams(words);
        const url = method === 'GET' ? `${path}?${search}` : path;
        judge(
          await ask(central, token, { method, url, body: method === 'GET' ? undefined : body, headers }),
          method,
        );
        central.clock.now += 5_000;
      }),
      { numRuns: RUNS },
    );
    await expectWholeDatabase();
  });

  it('that are nearly right, replayed, reordered, ahead or of another, leave streams dense and devices in step', async () => {
    const maker = createEventMaker(desk.device);
    const history: CaseEvent[] = [];
    const change = fc.record(
      {
        id: anyValue,
        caseId: anyValue,
        device: fc.oneof(anyValue, fc.constant(stranger.device)),
        n: anyValue,
        hlc: anyValue,
        at: anyValue,
        base: anyValue,
        by: anyValue,
        type: fc.constantFrom('case.opened', 'field.set', 'conflict.settled', 'state.moved', 'no-such'),
        body: anyValue,
      },
      { requiredKeys: [] },
    );
    const envelope = fc.record(
      { device: fc.constant(stranger.device), epoch: anyText, from: anyValue, events: anyValue },
      { requiredKeys: [] },
    );
    const step = fc.record({
      changes: fc.array(fc.oneof(fc.constant({}), change), { minLength: 1, maxLength: 4 }),
      envelope: fc.option(envelope, { nil: {}, freq: 3 }),
      replay: fc.nat({ max: 4 }),
      reorder: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(step, async ({ changes, envelope: bent, replay, reorder }) => {
        const [{ last_n: lastN } = { last_n: 0 }] = await central.sql.query<{ last_n: number }>(
          'select last_n from device where device_id = $1',
          [desk.device],
        );
        const fresh = changes.map((it, index) => ({
          ...maker.note('secret-case', 'x'),
          n: lastN + 1 + index,
          ...(it as object),
        })) as CaseEvent[];
        const events = [...history.slice(Math.max(0, lastN - replay), lastN), ...fresh];
        if (reorder) events.reverse();
        const from = (events[0]?.n ?? 1) as number;
        const body = { device: desk.device, epoch: central.epoch, from, events, ...(bent as object) };
        const request = { url: '/v1/push/events', body };
        const answer = await ask(central, desk.token, request);
        judge(answer, 'POST');
        if (answer.status === 200) {
          for (const it of events) history[it.n - 1] = it;
          const again = await ask(central, desk.token, request);
          expect((again.body as { results: unknown }).results).toEqual(
            (answer.body as { results: unknown }).results,
          );
        }
      }),
      { numRuns: RUNS },
    );
    await expectWholeDatabase();
    const secret = await ask(central, stranger.token, { method: 'GET', url: '/v1/pull/events?full=1' });
    expect(JSON.stringify(secret.body)).toContain(SECRET);
  });

  it('of rows and of hellos that are nearly right are answered by a code too', async () => {
    const row = fc.record(
      {
        id: anyText,
        _deleted: fc.boolean(),
        _rev: anyValue,
        _meta: anyValue,
        value: anyValue,
      },
      { requiredKeys: ['id'] },
    );
    const rows = fc.array(fc.record({ assumedMasterState: fc.option(row), newDocumentState: row }), {
      maxLength: 4,
    });
    const hello = fc.record({
      protocol: fc.constantFrom(1, 1, 1, 2, '1'),
      state: fc.record({
        waiting: fc.oneof(fc.nat(), anyValue),
        waitingBytes: fc.nat(),
        oldestWaitingAt: fc.option(fc.maxSafeNat()),
        filesWaiting: fc.nat(),
        filesWaitingBytes: fc.nat(),
        failing: fc.nat(),
        failingCode: fc.option(anyText),
        clock: fc.maxSafeInteger(),
        lastFullSyncAt: fc.option(fc.maxSafeInteger()),
        freeDiskBytes: fc.option(fc.maxSafeNat()),
        appVersion: anyText,
      }),
    });
    const point = fc.record({ seq: fc.oneof(fc.maxSafeNat(), anyValue), chain: anyText });
    const verify = fc.record(
      {
        epoch: fc.constantFrom(central.epoch, 'another'),
        collection: fc.oneof(
          fc.constantFrom('events', 'cases', 'staff', 'services', 'preferences'),
          anyValue,
        ),
        points: fc.array(point, { maxLength: 4 }),
        cursor: fc.oneof(fc.nat({ max: 9 }), anyValue),
        rows: anyText,
      },
      { requiredKeys: ['epoch', 'collection'] },
    );
    await fc.assert(
      fc.asyncProperty(rows, hello, verify, async (sent, told, copy) => {
        judge(await ask(central, desk.token, { url: '/v1/verify', body: copy }), 'POST');
        judge(await ask(central, desk.token, { url: '/v1/push/preferences', body: { rows: sent } }), 'POST');
        judge(await ask(central, desk.token, { url: '/v1/hello', body: told }), 'POST');
        judge(await ask(central, desk.token, { method: 'GET', url: '/v1/report/sync' }), 'GET');
        judge(await ask(central, desk.token, { method: 'GET', url: '/v1/pull/preferences' }), 'GET');
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['ten million bytes', 'x'.repeat(10_000_000), 413, 'too-large'],
    ['a hundred thousand brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, 'unreadable'],
    ['objects in objects', `{"rows":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`, 422, 'unreadable'],
    ['NUL', '\u0000', 422, 'unreadable'],
  ])('of %s are refused wherever a body is read', async (_what, body, status, error) => {
    for (const url of ['/v1/hello', '/v1/push/events', '/v1/push/preferences', '/v1/enrol']) {
      expect(await ask(central, desk.token, { url, body })).toMatchObject({ status, body: { error } });
    }
  });

  it(`on ${SLOW} connections that go on no more keep no other waiting, and end by themselves`, async () => {
    const server = await createCentralServer({
      sql: central.sql,
      demo: true,
      files: openFileStore(central.sql, await openByteFolder(central.folder)),
      adminKey: ADMIN_KEY,
      metrics: createMetrics(),
      life: { stopping: false },
      now: Date.now,
      idleMs: 4_000,
    });
    const url = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
    const heads = [
      'POST /v1/push/events HTTP/1.1\r\nhost: x\r\ndarcha-pro',
      `POST /v1/push/events HTTP/1.1\r\nhost: x\r\ndarcha-protocol: 1\r\nauthorization: Bearer ${desk.token}\r\ncontent-length: 900\r\n\r\n{"device`,
      `PATCH /v1/uploads/${'b'.repeat(36)} HTTP/1.1\r\nhost: x\r\ndarcha-protocol: 1\r\nauthorization: Bearer ${desk.token}\r\ncontent-length: 900\r\n\r\nabc`,
    ];
    let open = 0;
    const ended: Promise<void>[] = [];
    const openOne = (index: number): Promise<Socket> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(url.port), url.hostname, () => {
          open += 1;
          socket.write(heads[index % heads.length] ?? '', () => resolve(socket));
        });
        ended.push(
          new Promise((gone) => {
            socket.on('close', () => {
              open -= 1;
              gone();
            });
          }),
        );
        socket.resume().on('error', reject);
      });
    await Promise.all(Array.from({ length: SLOW }, (_, index) => openOne(index)));
    const headers = { authorization: `Bearer ${desk.token}`, 'darcha-protocol': '1' };
    const good = await fetch(new URL('/v1/pull/events', url), { headers });
    expect([good.status, open]).toEqual([200, SLOW]);
    await Promise.all(ended);
    expect(open).toBe(0);
    await server.close();
    await expectWholeDatabase();
  });
});
