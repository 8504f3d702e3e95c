import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffMember } from '#model/staff';
import { CredentialsAnswer } from '#protocol/credentials';
import type { EnrolAnswer } from '#protocol/enrol';
import { SignInAnswer } from '#protocol/sign-in';
import { hashKnown } from './auth/known-by.ts';
import { ADMIN_KEY, ask, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';
import { createCentralServer } from './central-server.ts';
import { createMetrics } from './metrics.ts';
import { openByteFolder } from './store/byte-folder.ts';
import { openFileStore } from './store/files.ts';
import { centresOf, saveCredential, savePeople } from './store/people.ts';

const NOW = 1_795_000_000_000;
const DAY = 86_400_000;
const PASSWORD = 'choyxonada uchta choynak';
const PEOPLE: StaffMember[] = [
  { id: 'lola', centreId: 13, name: 'Lola', role: 'clerk' },
  { id: 'gone', centreId: 13, name: 'Gone', role: 'clerk', positions: [position(0, NOW - DAY)] },
  {
    id: 'soon',
    centreId: 13,
    name: 'Soon',
    role: 'auditor',
    positions: [position(NOW + DAY, null, 'auditor')],
  },
  {
    id: 'far',
    centreId: 11,
    name: 'Far',
    role: 'clerk',
    positions: [position(0, null), position(0, null, 'it')],
  },
];

function position(from: number, to: number | null, role: 'clerk' | 'auditor' | 'it' = 'clerk') {
  return { centreId: 13, role, from, to };
}

describe('what people are known by', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let stranger: EnrolAnswer;
  let hash: string;
  const lines: string[] = [];

  beforeAll(async () => {
    central = await openTestCentral();
    hash = await hashKnown(PASSWORD);
    await central.sql.transaction(async (query) => {
      await savePeople(query, PEOPLE);
      for (const it of PEOPLE) {
        const credential = { staffId: it.id, kind: 'password', hash, isDemo: false } as const;
        await saveCredential(query, centresOf(it), credential, NOW);
      }
      const pin = { staffId: 'lola', kind: 'pin', hash: '$argon2id$demo', isDemo: true } as const;
      await saveCredential(query, [13], pin, 0);
    });
    desk = await enrol(central, 13);
    stranger = await enrol(central, 21);
  }, 60_000);
  afterAll(() => central.close());

  const read = (token: string, tag?: string, of = central) =>
    ask(of, token, {
      method: 'GET',
      url: '/v1/credentials',
      headers: tag === undefined ? {} : { 'if-none-match': tag },
    });

  it('is answered to a desk of the centre, of those who may sign in there now or soon', async () => {
    const { body, headers } = await read(desk.token);
    const answer = CredentialsAnswer.parse(body);
    expect(answer.asOf).toBe(NOW);
    expect(answer.people).toEqual([
      { id: 'baxmal-clerk-1', pin: null, password: null, offlineDays: 30 },
      { id: 'far', pin: null, password: hash, offlineDays: 30 },
      { id: 'lola', pin: '$argon2id$demo', password: hash, offlineDays: 30 },
      { id: 'soon', pin: null, password: hash, offlineDays: 7 },
    ]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is not sent again while it is the same', async () => {
    const tag = String((await read(desk.token)).headers.etag);
    expect(await read(desk.token, tag)).toMatchObject({ status: 304, body: '' });
    expect((await read(desk.token, '"other"')).status).toBe(200);
  });

  it('is nobody else’s: not of another centre, not of an administrator, in no stream', async () => {
    const { body } = await read(stranger.token);
    expect(CredentialsAnswer.parse(body).people.map((it) => it.id)).toEqual(['stranger-clerk']);
    for (const token of [`admin:${ADMIN_KEY}`, null]) {
      expect((await ask(central, token, { method: 'GET', url: '/v1/credentials' })).status).toBeGreaterThan(
        400,
      );
      expect((await signIn('lola', PASSWORD, { token })).status).toBeGreaterThan(400);
    }
    for (const collection of ['staff', 'reference', 'services', 'events', 'cases']) {
      const url = `/v1/pull/${collection}?bytes=1000000&full=1`;
      expect(JSON.stringify((await ask(central, desk.token, { method: 'GET', url })).body)).not.toContain(
        'argon2',
      );
    }
  });

  it('leaves out what an older server kept in the stream of staff', async () => {
    const body = { ...PEOPLE[0], id: 'older', pin: { saltHex: 'aa', hashHex: 'verifier-of-old' } };
    await central.sql.query(
      `insert into doc (centre_id, coll, id, seq, body) values (13, 'staff', 'older', 900, $1::json)`,
      [JSON.stringify(body)],
    );
    await central.sql.query(`update stream set head = 900 where centre_id = 13 and coll = 'staff'`);
    const url = '/v1/pull/staff?bytes=1000000';
    const text = JSON.stringify((await ask(central, desk.token, { method: 'GET', url })).body);
    expect(text).toContain('"older"');
    expect(text).not.toContain('verifier-of-old');
  });

  it('is without a demonstration’s PIN where there is none', async () => {
    const real = await openTestCentral({ sql: central.sql, demo: false, folder: central.folder });
    const { body } = await read(desk.token, undefined, real);
    await real.close();
    const lola = CredentialsAnswer.parse(body).people.find((it) => it.id === 'lola');
    expect(lola).toEqual({ id: 'lola', pin: null, password: hash, offlineDays: 30 });
  });

  const signIn = (
    id: string,
    password: string,
    { token = desk.token, of = central }: { token?: string | null; of?: TestCentral } = {},
  ) => ask(of, token, { url: '/v1/sign-in', body: { id, password } });

  it('opens a desk by password, however its letters were typed', async () => {
    const { body } = await signIn('lola', PASSWORD);
    expect(SignInAnswer.parse(body)).toEqual({
      outcome: 'signed-in',
      asOf: NOW,
      person: { id: 'lola', pin: '$argon2id$demo', password: hash, offlineDays: 30 },
    });
    const typed = await hashKnown('й в двух видах');
    await central.sql.transaction((query) =>
      saveCredential(query, [13], { staffId: 'far', kind: 'password', hash: typed, isDemo: false }, NOW),
    );
    expect((await signIn('far', 'и\u0306 в двух видах')).body).toMatchObject({ outcome: 'signed-in' });
  });

  it('answers one thing to a wrong password, to nobody, to one of another centre and to one who left', async () => {
    for (const id of ['lola', 'nobody', 'stranger-clerk', 'gone', '__proto__', 'baxmal-clerk-1']) {
      const { status, body } = await signIn(id, id === 'lola' ? 'wrong' : PASSWORD);
      expect([id, status, body]).toEqual([id, 200, { outcome: 'wrong' }]);
    }
  });

  it('lets nobody try for long, over restarts and many at once, and forgets with time', async () => {
    const tries = async (count: number, of = central) =>
      (await Promise.all(Array.from({ length: count }, () => signIn('soon', 'wrong', { of })))).map(
        (it) => it.status,
      );
    expect((await tries(8)).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    const again = await openTestCentral({ sql: central.sql, folder: central.folder });
    again.clock.now = NOW + 1_000;
    const locked = await signIn('soon', PASSWORD, { of: again });
    expect([locked.status, locked.headers['retry-after']]).toEqual([429, '29']);
    again.clock.now = NOW + 30_000;
    expect(await tries(1, again)).toEqual([200]);
    again.clock.now = NOW + 89_999;
    expect(await tries(1, again)).toEqual([429]);
    again.clock.now = NOW + 90_000;
    expect((await signIn('soon', PASSWORD, { of: again })).body).toMatchObject({ outcome: 'signed-in' });
    expect(await tries(1, again)).toEqual([200]);
    await again.close();
  });

  it('counts what a desk tries on one after another', async () => {
    const device = (await enrol(central, 13, 'Guessing')).token;
    const statuses: number[] = [];
    for (let index = 0; index < 22; index += 1) {
      const good = index === 10;
      const answer = await signIn(good ? 'lola' : `guess-${index}`, good ? PASSWORD : 'wrong', {
        token: device,
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 21 }, () => 200), 429]);
  });

  it('stands in no line of a log', async () => {
    const server = await createCentralServer({
      sql: central.sql,
      demo: true,
      files: openFileStore(central.sql, await openByteFolder(central.folder)),
      adminKey: ADMIN_KEY,
      metrics: createMetrics(),
      life: { stopping: false },
      now: () => NOW + 600_000,
      log: { write: (line) => void lines.push(line) },
    });
    const of = { ...central, server };
    const answers = [
      await signIn('lola', PASSWORD, { of }),
      await signIn('lola', 'not-the-password', { of }),
      await read(desk.token, undefined, of),
    ];
    await server.close();
    expect(answers.map((it) => it.status)).toEqual([200, 200, 200]);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('')).not.toMatch(/argon2|choynak|not-the-password|lola/);
  });
});
