import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskState } from '#model/desk-report';
import type { EnrolAnswer } from '#protocol/enrol';
import { ErrorAnswer } from '#protocol/error';
import { HelloAnswer } from '#protocol/hello';
import { CasesPage, EventsPage, ReferencePage, ServicesPage, StaffPage } from '#protocol/pull';
import { PushAnswer } from '#protocol/push';
import { SyncReportAnswer } from '#protocol/sync-report';
import { createDeskKey, toSigned } from './auth/desk-key.fixture.ts';
import {
  ADMIN_KEY,
  ask,
  createEventMaker,
  enrol,
  OFFICIAL,
  openTestCentral,
  STRANGER,
  type TestCentral,
} from './central.fixture.ts';

const STATE: DeskState = {
  waiting: 3,
  waitingBytes: 900,
  oldestWaitingAt: 1_794_999_000_000,
  filesWaiting: 1,
  filesWaitingBytes: 80_000,
  failing: 0,
  failingCode: null,
  clock: 1_795_000_060_000,
  lastFullSyncAt: 1_794_999_960_000,
  freeDiskBytes: 5_000_000_000,
  appVersion: '0.1.0',
};

describe('the central server', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let url: string;

  beforeAll(async () => {
    central = await openTestCentral();
    url = await central.listen();
    desk = await enrol(central, 13, 'Desk 1');
  }, 60_000);
  afterAll(async () => {
    await central.close();
  });

  const pushOf = (device: string, events: readonly { n: number }[], from = events[0]?.n ?? 1) => ({
    device,
    epoch: central.epoch,
    from,
    events,
  });
  const refusal = (status: number, error: string, more = {}) => ({
    status,
    body: expect.objectContaining({ error, ...more }),
    headers: expect.anything(),
  });

  it('makes a computer a desk, with the next number of its district', async () => {
    const [second, neighbour, stranger] = [
      await enrol(central, 13, 'Desk 2'),
      await enrol(central, 11),
      await enrol(central, 21),
    ];
    const numbers = [desk, second, neighbour, stranger].map((it) => it.deskNumber);
    expect({ numbers, desk: desk.desk, centreId: desk.centreId, demo: desk.demo }).toEqual({
      numbers: [1, 2, 3, 1],
      desk: 'Desk 1',
      centreId: 13,
      demo: true,
    });
    const stored = await central.sql.query<{ token_hash: string }>('select token_hash from device_token');
    expect(stored.some((it) => it.token_hash.includes(desk.token))).toBe(false);
  });

  it('refuses an enrolment code it does not know, and patience runs out after twenty', async () => {
    const other = await openTestCentral({ sql: central.sql, demo: false });
    const tryCode = (code: string) =>
      ask(other, null, { url: '/v1/enrol', body: createDeskKey().toEnrolAsk({ code, desk: 'D' }) });
    expect(await tryCode('DEMO-13')).toEqual(refusal(401, 'unauthorised'));
    for (let count = 1; count < 20; count += 1) await tryCode(`WRONG-${count}`);
    expect(await tryCode('DEMO-13')).toEqual(refusal(429, 'too-many', { retryAfterSeconds: 60 }));
    other.clock.now += 61_000;
    expect(await tryCode('DEMO-13')).toEqual(refusal(401, 'unauthorised'));
    await other.close();
  });

  it('gives whoever has its key a code of one use', async () => {
    const made = await ask(central, `admin:${ADMIN_KEY}`, {
      url: '/v1/enrolment-codes',
      body: { centreId: 14 },
    });
    const { code } = made.body as { code: string };
    const [one, other] = [createDeskKey(), createDeskKey()];
    const tryWith = (key: typeof one) =>
      ask(central, null, { url: '/v1/enrol', body: key.toEnrolAsk({ code, desk: 'Desk' }) });
    const first = await tryWith(one);
    expect(first.body).toMatchObject({ centreId: 14, deskNumber: 1 });
    expect(await tryWith(other)).toEqual(refusal(401, 'unauthorised'));
    // Whoever did not hear the answer asks again, and is no second desk.
    const { device } = first.body as EnrolAnswer;
    expect((await tryWith(one)).body).toMatchObject({ device, deskNumber: 1 });
    expect(await ask(central, desk.token, { url: '/v1/enrolment-codes', body: { centreId: 14 } })).toEqual(
      refusal(403, 'not-allowed'),
    );
  });

  it.each([
    ['no token', null, 401, 'unauthorised'],
    ['a token it does not know', 'x'.repeat(43), 401, 'unauthorised'],
    ['a wrong key', 'admin:wrong-key-here', 401, 'unauthorised'],
    ['the key where only desks may come', `admin:${ADMIN_KEY}`, 403, 'not-allowed'],
  ])('refuses a hello with %s', async (_what, token, status, error) => {
    const answer = await ask(central, token, { url: '/v1/hello', body: { protocol: 1, state: STATE } });
    expect(answer).toEqual(refusal(status, error));
  });

  it.each(['', '0', '2', 'one', '1.5'])('answers version "%s" of the protocol by 426', async (version) => {
    const headers = { 'darcha-protocol': version };
    const answer = await ask(central, desk.token, { method: 'GET', url: '/v1/pull/events', headers });
    expect(answer).toEqual(refusal(426, 'update-needed', { min: 1, max: 1 }));
  });

  it('answers a version it does not serve in the body of a hello by 426', async () => {
    const answer = await ask(central, desk.token, { url: '/v1/hello', body: { protocol: 9, state: STATE } });
    expect(answer).toEqual(refusal(426, 'update-needed'));
  });

  it('refuses a desk that is revoked', async () => {
    const lost = await enrol(central, 13);
    await central.sql.query('update device set revoked_at = 1 where device_id = $1', [lost.device]);
    const answer = await ask(central, lost.token, { method: 'GET', url: '/v1/pull/events' });
    expect(answer).toEqual(refusal(403, 'device-revoked'));
  });

  it.each([
    ['a body cut in half', '{"device":"ws-1","epoch":"e","from":1,"eve'],
    ['half a page of a captive portal', '<!doctype html><html><body>Sign in to the Wi'],
    ['nothing', ''],
    ['a number', '7'],
    ['an envelope without events', '{"device":"ws-1","epoch":"e","from":1,"events":[]}'],
    ['events without numbers', '{"device":"ws-1","epoch":"e","from":1,"events":[{}]}'],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ])('answers %s by 422', async (_what, body) => {
    expect(await ask(central, desk.token, { url: '/v1/push/events', body })).toEqual(
      refusal(422, 'unreadable'),
    );
    const headers = { 'content-type': 'text/html' };
    expect(await ask(central, desk.token, { url: '/v1/push/events', body, headers })).toEqual(
      refusal(422, 'unreadable'),
    );
  });

  it('answers numbers that do not follow each other by 400, and a gap by 409 with what it expects', async () => {
    const maker = createEventMaker(desk.device);
    const [first, second, third] = [maker.open('c'), maker.note('c', 'a'), maker.note('c', 'b')];
    const push = (body: object) => ask(central, desk.token, { url: '/v1/push/events', body });
    expect(await push(pushOf(desk.device, [first, third]))).toEqual(refusal(400, 'bad-request'));
    expect(await push(pushOf(desk.device, [second], 1))).toEqual(refusal(400, 'bad-request'));
    expect(await push(pushOf(desk.device, [third]))).toEqual(refusal(409, 'gap', { expected: 1 }));
    expect(await push({ ...pushOf(desk.device, [first]), epoch: 'older' })).toEqual(
      refusal(409, 'must-refetch'),
    );
    expect(await push(pushOf('ws-other', [first]))).toEqual(refusal(403, 'not-allowed'));
  });

  it.each(['since=-1', 'since=x', 'bytes=0', 'since=1.5', 'full=2'])(
    'answers a pull with %s by 400',
    async (query) => {
      const answer = await ask(central, desk.token, { method: 'GET', url: `/v1/pull/events?${query}` });
      expect(answer).toEqual(refusal(400, 'bad-request'));
    },
  );

  it('answers a reader that is ahead of the stream by 409, and an unknown place by 404', async () => {
    const get = (path: string) => ask(central, desk.token, { method: 'GET', url: path });
    expect(await get('/v1/pull/cases?since=999')).toEqual(refusal(409, 'must-refetch'));
    expect(await get('/v1/pull/secrets')).toEqual(refusal(404, 'not-found'));
    expect(await get('/v2/anything')).toEqual(refusal(404, 'not-found'));
    const rows = await ask(central, desk.token, { url: '/v1/push/cases', body: { rows: [] } });
    expect(rows).toEqual(refusal(404, 'not-found'));
  });

  it('answers a body over its limit by 413, packed or not, and more than 500 events too', async () => {
    const large = JSON.stringify({ rows: 'x'.repeat(300_000) });
    const push = (body: unknown, headers = {}) =>
      ask(central, desk.token, { url: '/v1/push/events', body, headers });
    expect(await push(large)).toEqual(refusal(413, 'too-large'));
    expect(await push(gzipSync(large), { 'content-encoding': 'gzip' })).toEqual(refusal(413, 'too-large'));
    const many = Array.from({ length: 501 }, (_, index) => ({ n: index + 1 }));
    expect(await push(pushOf(desk.device, many))).toEqual(refusal(413, 'too-large'));
    expect(await push(Buffer.from('no gzip'), { 'content-encoding': 'gzip' })).toEqual(
      refusal(422, 'unreadable'),
    );
  });

  it('lives on when a body stops in the middle of a connection', async () => {
    const { hostname, port } = new URL(url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        const head = `POST /v1/push/events HTTP/1.1\r\nhost: x\r\ndarcha-protocol: 1\r\nauthorization: Bearer ${desk.token}\r\n`;
        socket.write(`${head}content-type: application/json\r\ncontent-length: 500\r\n\r\n{"device":`, () => {
          socket.destroy();
          resolve();
        });
      });
    });
    const answer = await fetch(`${url}/v1/pull/events`, {
      headers: { authorization: `Bearer ${desk.token}`, 'darcha-protocol': '1' },
    });
    expect(answer.status).toBe(200);
  });

  it('takes events, answers a lost answer again, and gives them to the other desk', async () => {
    const [one, two] = [await enrol(central, 11, 'One'), await enrol(central, 11, 'Two')];
    const maker = createEventMaker(one.device, OFFICIAL);
    const events = [maker.open('case-11'), maker.note('case-11', 'ʻ Ў')];
    const request = { url: '/v1/push/events', body: pushOf(one.device, events) };
    const [first, again] = [await ask(central, one.token, request), await ask(central, one.token, request)];
    expect(PushAnswer.parse(first.body)).toMatchObject({
      lastN: 2,
      results: [
        { n: 1, status: 'ok' },
        { n: 2, status: 'ok' },
      ],
      heads: { events: 2, cases: 1 },
    });
    expect(again.body).toEqual(first.body);
    const page = await ask(central, two.token, { method: 'GET', url: '/v1/pull/events?since=0&bytes=65536' });
    expect(EventsPage.parse(page.body)).toMatchObject({
      epoch: central.epoch,
      since: 0,
      cursor: 2,
      head: 2,
      more: false,
      docs: [
        { ...events[0], seq: 1 },
        { ...events[1], seq: 2 },
      ],
    });
    const own = await ask(central, one.token, { method: 'GET', url: '/v1/pull/events' });
    expect((own.body as EventsPage).docs[0]).toEqual({
      ack: true,
      seq: 1,
      n: 1,
      device: one.device,
      status: 'ok',
    });
    const full = await ask(central, one.token, { method: 'GET', url: '/v1/pull/events?full=1' });
    expect(full.body).toEqual(page.body);
    const cases = await ask(central, two.token, { method: 'GET', url: '/v1/pull/cases' });
    expect(CasesPage.parse(cases.body).docs[0]?.doc).toMatchObject({
      id: 'case-11',
      notes: [{ text: 'ʻ Ў' }],
    });
    const elsewhere = await ask(central, desk.token, { method: 'GET', url: '/v1/pull/cases' });
    expect(CasesPage.parse(elsewhere.body).docs).toEqual([]);
  });

  it('takes a packed body', async () => {
    const own = await enrol(central, 14);
    const body = gzipSync(
      JSON.stringify(
        toSigned(own.token, pushOf(own.device, [createEventMaker(own.device, OFFICIAL).open('case-14')])),
      ),
    );
    const headers = { 'content-encoding': 'gzip' };
    const answer = await ask(central, own.token, { url: '/v1/push/events', body, headers });
    expect(answer).toMatchObject({ status: 200, body: { lastN: 1 } });
  });

  it('packs its answers as the asker can unpack them', async () => {
    const get = async (accept: string) => {
      const response = await central.server.inject({
        method: 'GET',
        url: '/v1/pull/reference',
        headers: { authorization: `Bearer ${desk.token}`, 'darcha-protocol': '1', 'accept-encoding': accept },
      });
      return { encoding: response.headers['content-encoding'], bytes: response.rawPayload };
    };
    const [br, gzip, plain] = [await get('gzip, br;q=0.8'), await get('gzip, br;q=0'), await get('identity')];
    expect([br.encoding, gzip.encoding, plain.encoding]).toEqual(['br', 'gzip', undefined]);
    expect(brotliDecompressSync(br.bytes)).toEqual(plain.bytes);
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
    expect(ReferencePage.parse(JSON.parse(plain.bytes.toString())).docs.length).toBe(5);
  });

  it('shows the catalogue to every centre and people to their own', async () => {
    const get = async (token: string, collection: string) =>
      (await ask(central, token, { method: 'GET', url: `/v1/pull/${collection}` })).body;
    const other = await enrol(central, 21);
    expect(ServicesPage.parse(await get(other.token, 'services')).docs.map((it) => it.doc.id)).toEqual([
      'SOC-03@1',
    ]);
    const strangers = StaffPage.parse(await get(other.token, 'staff')).docs;
    expect(strangers.map((it) => it.doc.id)).toEqual([STRANGER]);
    const people = StaffPage.parse(await get(desk.token, 'staff')).docs;
    expect(people.map((it) => [it.doc.id, it.doc.demoPin])).toEqual([['baxmal-clerk-1', '1111']]);
    expect(await ask(central, `admin:${ADMIN_KEY}`, { method: 'GET', url: '/v1/pull/staff' })).toEqual(
      refusal(403, 'not-allowed'),
    );
  });

  it('hears of a desk, and reports it to its own centre and to those above', async () => {
    const own = await enrol(central, 14, 'Van');
    const hello = await ask(central, own.token, { url: '/v1/hello', body: { protocol: 1, state: STATE } });
    expect(HelloAnswer.parse(hello.body)).toEqual({
      epoch: central.epoch,
      serverTime: central.clock.now,
      protocol: { min: 1, max: 1 },
      limits: { bodyBytes: 262_144, events: 500, fileBytes: 20_971_520 },
      heads: { events: 1, cases: 1, services: 1, reference: 5, staff: 0 },
      lastN: 0,
    });
    const [office, parent, stranger] = [
      await enrol(central, 1),
      await enrol(central, 13),
      await enrol(central, 21),
    ];
    const rowsFor = async (token: string) => {
      const { body } = await ask(central, token, { method: 'GET', url: '/v1/report/sync' });
      return SyncReportAnswer.parse(body).rows;
    };
    const mine = (await rowsFor(parent.token)).find((it) => it.device === own.device);
    expect(mine).toEqual({
      centreId: 14,
      device: own.device,
      desk: 'Van',
      enrolledAt: central.clock.now,
      lastContactAt: central.clock.now,
      lastFullSyncAt: central.clock.now - 100_000,
      clockDriftMs: 60_000,
      openConflicts: 0,
      state: STATE,
    });
    const centresOf = async (token: string) => [...new Set((await rowsFor(token)).map((it) => it.centreId))];
    expect(await centresOf(parent.token)).toEqual([13, 14]);
    expect(await centresOf(own.token)).toEqual([14]);
    expect(await centresOf(stranger.token)).toEqual([21]);
    expect(await centresOf(office.token)).toEqual([1, 11, 13, 14]);
    expect(await centresOf(`admin:${ADMIN_KEY}`)).toEqual([1, 11, 13, 14, 21]);
  });

  it('counts an open conflict at the desk whose value waits', async () => {
    const [one, two] = [await enrol(central, 21, 'One'), await enrol(central, 21, 'Two')];
    const [a, b] = [createEventMaker(one.device, STRANGER), createEventMaker(two.device, STRANGER)];
    const push = (token: string, device: string, events: { n: number }[]) =>
      ask(central, token, { url: '/v1/push/events', body: pushOf(device, events) });
    await push(one.token, one.device, [a.open('k'), a.set('k', 'form.childName', 'A', 'Aziza')]);
    await push(two.token, two.device, [b.set('k', 'form.childName', 'B\u0000', 'Aziza')]);
    const { body } = await ask(central, one.token, { method: 'GET', url: '/v1/report/sync' });
    const open = SyncReportAnswer.parse(body).rows.map((it) => [it.device, it.openConflicts]);
    expect(open).toContainEqual([one.device, 0]);
    expect(open).toContainEqual([two.device, 1]);
  });

  it('says nothing in an error but its code', async () => {
    await central.sql.query('alter table event rename to event_away');
    const event = createEventMaker(desk.device).open('secret-case');
    const answer = await ask(central, desk.token, {
      url: '/v1/push/events',
      body: pushOf(desk.device, [event]),
    });
    await central.sql.query('alter table event_away rename to event');
    expect(ErrorAnswer.strict().parse(answer.body)).toEqual({ error: 'internal' });
    expect(answer.status).toBe(500);
  });
});
