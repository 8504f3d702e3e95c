import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { RecoveryKey } from '#protocol/recovery-key';
import { openTestCentral, type TestCentral } from '../../sync/server/central.fixture.ts';
import { revokeDevice } from '../../sync/server/store/devices.ts';
import { askCentral } from './ask-central.ts';
import { type CentralForward, createCentralForward } from './central-forward.ts';
import { openCredentialStore } from './credential-store.ts';
import { enrol } from './enrolment.ts';
import { createHostSeal } from './host-key.ts';
import { newFolder } from './new-folder.fixture.ts';
import { ownAnswer } from './own-answer.ts';
import { createDeskForward, createTokenKeeper, type Desk } from './token-keeper.ts';

let central: TestCentral;
let url: string;
beforeAll(async () => {
  central = await openTestCentral();
  url = await central.listen();
}, 60_000);
afterAll(async () => {
  await central?.close();
});

/** As a station is started on a folder; `running` is what its clock of running time says. */
async function start(
  folder: string,
  { through = (it: CentralForward) => it, running = { ms: 0 }, at = url } = {},
) {
  const credentials = await openCredentialStore(folder, createHostSeal(join(folder, 'host')));
  const asked: string[] = [];
  const toCentral = createCentralForward(at, () => tokens.current());
  const forward: CentralForward = through((ask) => {
    asked.push(`${ask.method} ${ask.path}`);
    return toCentral(ask);
  });
  const desk = (): Desk | null => {
    const [identity, key] = [credentials.identity(), credentials.key()];
    return identity === null || key === null ? null : { device: identity.device, key };
  };
  const erased: string[] = [];
  const tokens: ReturnType<typeof createTokenKeeper> = createTokenKeeper({
    forward,
    desk,
    runningMs: () => running.ms,
    onErase: () => erased.push('erased'),
  });
  const wrappedFor: RecoveryKey[] = [];
  const setRecoveryKey = async (key: RecoveryKey) => {
    wrappedFor.push(key);
    return { outcome: 'saved' } as const;
  };
  const beginAnew = async () => ({ outcome: 'begun' }) as const;
  const asDesk = createDeskForward({ forward, tokens, desk });
  const signal = new AbortController().signal;
  return {
    credentials,
    asked,
    erased,
    wrappedFor,
    enrol: (code: string) =>
      enrol({ forward, credentials, tokens, beginAnew, setRecoveryKey }, { desk: 'Desk', code }),
    read: () => askCentral(asDesk, { path: '/v1/pull/events?since=0', schema: z.looseObject({}) }, signal),
    say: (body: object) =>
      askCentral(asDesk, { path: '/v1/files/missing', body, schema: z.looseObject({}) }, signal),
    forget: () => tokens.refused(tokens.current()),
  };
}

test('becomes a desk, is let in, and proves itself again when its token runs out or is not known any more', async () => {
  const folder = await newFolder();
  const running = { ms: 0 };
  const station = await start(folder, { running });
  const enrolled = await station.enrol('DEMO-13');
  expect(enrolled).toMatchObject({ outcome: 'enrolled', identity: { centreId: 13 } });
  expect(await station.read()).toMatchObject({ outcome: 'ok' });
  expect(station.asked.filter((it) => it.endsWith('token'))).toEqual([]);
  running.ms = 3_600_000;
  expect(await station.read()).toMatchObject({ outcome: 'ok' });
  const proved = ['POST /v1/challenge', 'POST /v1/token', 'GET /v1/pull/events?since=0'];
  expect(station.asked.slice(-3)).toEqual(proved);
  // As after a database was put back to an older copy: a body that was sent is sent once more.
  await central.sql.query('delete from device_token');
  expect(await station.say({ sha256: ['ab'.repeat(32)] })).toMatchObject({ outcome: 'ok' });
  const again = await start(folder);
  expect(await again.enrol('whatever')).toEqual(enrolled);
  expect(await again.read()).toMatchObject({ outcome: 'ok' });
  const many = await start(folder);
  expect(await Promise.all([many.read(), many.read(), many.read()])).toMatchObject([
    { outcome: 'ok' },
    { outcome: 'ok' },
    { outcome: 'ok' },
  ]);
  expect(many.asked.filter((it) => it === 'POST /v1/token')).toHaveLength(1);
});

test('whose enrolment was broken off anywhere is one desk, by the same code', async () => {
  const folder = await newFolder();
  const { code } = (
    await central.server.inject({
      method: 'POST',
      url: '/v1/enrolment-codes',
      headers: { 'darcha-protocol': '1', authorization: 'Bearer admin:the-key-of-the-tests' },
      payload: { centreId: 11 },
    })
  ).json() as { code: string };
  const lostAnswer =
    (it: CentralForward): CentralForward =>
    async (ask) => {
      await it(ask);
      return ownAnswer(502, 'unreachable');
    };
  expect(await (await start(folder, { through: lostAnswer })).enrol(code)).toEqual({ outcome: 'offline' });
  const deaf = await start(folder, { through: () => async () => ownAnswer(200, 'portal') });
  expect(await deaf.enrol(code)).toEqual({ outcome: 'not-central' });
  const second = await (await start(folder)).enrol(code);
  expect(second).toMatchObject({ outcome: 'enrolled', identity: { centreId: 11, desk: 'Desk' } });
  const desks = await central.sql.query('select 1 from device where centre_id = 11');
  expect(desks).toHaveLength(1);
  // Power gone before it was written that the centre knows the key.
  await rm(join(folder, 'identity.json'));
  expect(await (await start(folder)).enrol(code)).toEqual({ outcome: 'code-refused' });
});

test('takes another key where its own is known as another desk', async () => {
  const folder = await newFolder();
  const lostAnswer =
    (it: CentralForward): CentralForward =>
    async (ask) => {
      await it(ask);
      return ownAnswer(502, 'unreachable');
    };
  await (await start(folder, { through: lostAnswer })).enrol('DEMO-13');
  const station = await start(folder);
  expect(await station.enrol('DEMO-21')).toMatchObject({ outcome: 'enrolled', identity: { centreId: 21 } });
  expect(await station.read()).toMatchObject({ outcome: 'ok' });
});

test('sent away it is refused, and gives up its keys only when it is told to by the centre', async () => {
  const station = await start(await newFolder());
  const enrolled = await station.enrol('DEMO-13');
  const device = enrolled.outcome === 'enrolled' ? enrolled.identity.device : '';
  await revokeDevice(central.sql, { device, erase: false, now: 1 });
  const refused = { outcome: 'refused', status: 403, code: 'device-revoked' };
  expect([await station.read(), await station.read()]).toMatchObject([refused, refused]);
  expect(station.erased).toEqual([]);
  await revokeDevice(central.sql, { device, erase: true, now: 2 });
  expect(await station.read()).toMatchObject(refused);
  expect(station.erased).toEqual(['erased']);
});

test('is given the key of the authority, for which it wraps the keys of its data', async () => {
  const recoveryKey: RecoveryKey = { kty: 'OKP', crv: 'X25519', x: 'a'.repeat(43) };
  const other = await openTestCentral({ sql: central.sql, recoveryKey });
  const [given, without] = [
    await start(await newFolder(), { at: await other.listen() }),
    await start(await newFolder()),
  ];
  await Promise.all([given.enrol('DEMO-13'), without.enrol('DEMO-13')]);
  expect([given.wrappedFor, without.wrappedFor]).toEqual([[recoveryKey], []]);
  await other.close();
});
