import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { createDeskKey, type DeskKey, enrolBy } from './auth/desk-key.fixture.ts';
import { ask, createEventMaker, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';

const HOUR_MS = 3_600_000;

describe('keys of desks', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let key: DeskKey;

  beforeAll(async () => {
    central = await openTestCentral();
  }, 60_000);
  afterAll(async () => {
    await central.close();
  });

  const post = async (url: string, body: unknown, token: string | null = null) => {
    const { status, body: said } = await ask(central, token, { url, body });
    const { error } = said as { error?: string };
    return { status, error, said };
  };
  const challenge = async (): Promise<string> =>
    ((await post('/v1/challenge', {})).said as { nonce: string }).nonce;
  const askToken = async (by: DeskKey, device: string, nonce: string, use = 'token') =>
    post('/v1/token', { device, assertion: by.jws({ use, device, nonce }) });
  const newDesk = async (centreId: number): Promise<void> => {
    key = createDeskKey();
    desk = await enrolBy(
      async (body) => (await post('/v1/enrol', { ...body, ...key.toEnrolAsk(body) })).said,
      {
        code: `DEMO-${centreId}`,
        desk: 'Desk',
      },
    );
  };
  const read = async (token: string) =>
    (await ask(central, token, { method: 'GET', url: '/v1/pull/events' })).status;

  it('are proved by a challenge, for a token of an hour', async () => {
    await newDesk(13);
    expect(await read(desk.token)).toBe(200);
    central.clock.now += HOUR_MS + 1;
    expect(await read(desk.token)).toBe(401);
    const answer = await askToken(key, desk.device, await challenge());
    expect(answer).toMatchObject({ status: 200, said: { expiresInSeconds: 3_600 } });
    expect(await read((answer.said as EnrolAnswer).token)).toBe(200);
  });

  it('are not proved by a challenge of before, of nobody, or used twice', async () => {
    await newDesk(13);
    const nonce = await challenge();
    expect((await askToken(key, desk.device, nonce)).status).toBe(200);
    const refused = { status: 401, error: 'unauthorised' };
    expect(await askToken(key, desk.device, nonce)).toMatchObject(refused);
    const old = await challenge();
    central.clock.now += 121_000;
    expect(await askToken(key, desk.device, old)).toMatchObject(refused);
    const [at, random, mac = ''] = (await challenge()).split('.');
    for (const made of [`${at}.${random}.${mac.replace(/^./, mac[0] === 'A' ? 'B' : 'A')}`, 'x', '..']) {
      expect(await askToken(key, desk.device, made)).toMatchObject(refused);
    }
  });

  it('are not proved by another key, by another use of theirs, or for another desk', async () => {
    await newDesk(13);
    const stranger = await enrol(central, 21);
    const refused = { status: 401, error: 'unauthorised' };
    expect(await askToken(createDeskKey(), desk.device, await challenge())).toMatchObject(refused);
    expect(await askToken(key, desk.device, await challenge(), 'enrol')).toMatchObject(refused);
    expect(await askToken(key, stranger.device, await challenge())).toMatchObject(refused);
    const nonce = await challenge();
    const assertion = key.jws({ use: 'token', device: desk.device, nonce });
    expect(await post('/v1/token', { device: stranger.device, assertion })).toMatchObject(refused);
    const [head, payload] = assertion.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const forged of [`${none}.${payload}.`, `${head}.${payload}.AAAA`, 'x', '']) {
      expect(await post('/v1/token', { device: desk.device, assertion: forged })).toMatchObject(refused);
    }
  });

  it('enrol by what they themselves have signed, and no key is of two desks', async () => {
    const [one, other] = [createDeskKey(), createDeskKey()];
    const body = one.toEnrolAsk({ code: 'DEMO-13', desk: 'One' });
    const bad = { status: 403, error: 'bad-signature' };
    expect(await post('/v1/enrol', { ...body, key: other.key })).toMatchObject(bad);
    expect(await post('/v1/enrol', { ...body, desk: 'Two' })).toMatchObject(bad);
    expect(await post('/v1/enrol', { ...body, code: 'DEMO-11' })).toMatchObject(bad);
    expect((await post('/v1/enrol', body)).status).toBe(200);
    const elsewhere = one.toEnrolAsk({ code: 'DEMO-21', desk: 'One' });
    expect(await post('/v1/enrol', elsewhere)).toMatchObject({ status: 403, error: 'not-allowed' });
  });

  it('of a desk that was sent away open nothing, and only its holder hears why', async () => {
    await newDesk(13);
    await central.sql.query('update device set revoked_at = 1 where device_id = $1', [desk.device]);
    expect(await read(desk.token)).toBe(403);
    const gone = { status: 403, error: 'device-revoked' };
    expect(await askToken(key, desk.device, await challenge())).toMatchObject(gone);
    const other = await askToken(createDeskKey(), desk.device, await challenge());
    expect(other).toMatchObject({ status: 401, error: 'unauthorised' });
    const again = await post('/v1/enrol', key.toEnrolAsk({ code: 'DEMO-13', desk: 'Desk' }));
    expect(again).toMatchObject({ status: 403, error: 'not-allowed' });
  });

  describe('sign what is pushed', () => {
    const bad = { status: 403, error: 'bad-signature' };
    const toPush = (device: string, caseId: string) => {
      const make = createEventMaker(device);
      const events = [make.open(caseId), make.note(caseId, 'one'), make.note(caseId, 'two')];
      return { device, epoch: central.epoch, from: 1, events };
    };

    it('and nothing is taken that is not signed, or not all of it, or by another', async () => {
      await newDesk(13);
      const push = toPush(desk.device, 'case-a');
      const other = createDeskKey();
      const signed = key.signed(push);
      const altered = push.events.map((it, index) => (index === 1 ? { ...it, by: 'someone-else' } : it));
      const wrong = [
        { ...push, signature: undefined },
        other.signed(push),
        { ...signed, events: altered },
        { ...signed, events: push.events.slice(0, 2) },
        { ...key.signed({ ...push, events: push.events.slice(0, 2) }), events: push.events },
        { ...key.signed({ ...push, from: 2 }), from: 1 },
        { ...key.signed({ ...push, device: 'ws-other' }), device: desk.device },
      ];
      for (const it of wrong) expect(await post('/v1/push/events', it, desk.token)).toMatchObject(bad);
      const malformed = await post('/v1/push/events', { ...push, signature: 'AAAA' }, desk.token);
      expect(malformed).toMatchObject({ status: 422 });
      expect(await central.sql.query('select 1 from event where device_id = $1', [desk.device])).toEqual([]);
      expect((await post('/v1/push/events', signed, desk.token)).status).toBe(200);
    });

    it('and the signature is kept with it, once, whatever is sent again', async () => {
      await newDesk(13);
      const push = toPush(desk.device, 'case-b');
      const first = key.signed({ ...push, events: push.events.slice(0, 2) });
      for (const it of [first, first, key.signed(push)]) {
        expect((await post('/v1/push/events', it, desk.token)).status).toBe(200);
      }
      const kept = await central.sql.query(
        'select from_n, to_n, signature from statement where device_id = $1 order by to_n',
        [desk.device],
      );
      expect(kept).toEqual([
        { from_n: 1, to_n: 2, signature: first.signature },
        { from_n: 1, to_n: 3, signature: key.signed(push).signature },
      ]);
    });

    it('and what this program does not know of an event is kept as it was signed', async () => {
      await newDesk(13);
      const push = toPush(desk.device, 'case-c');
      const events = [
        { ...push.events[0], later: { __proto__: null, '1': 'x' } },
        { n: 2, odd: true },
      ];
      const answer = await post('/v1/push/events', key.signed({ ...push, events }), desk.token);
      expect(answer.said).toMatchObject({ results: [{ status: 'ok' }, { status: 'rejected' }] });
      const rows = await central.sql.query<{ raw: unknown }>(
        'select raw from event where device_id = $1 order by n',
        [desk.device],
      );
      expect(rows.map((it) => it.raw)).toEqual(events);
    });
  });
});
