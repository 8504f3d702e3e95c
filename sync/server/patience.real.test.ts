import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { ErrorAnswer } from '#protocol/error';
import { ADMIN_KEY, ask, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';

const PATIENCE = { headMs: 400, wholeMs: 1_200 };

/** Sends `begin`, then a byte each 50 ms, until the other end hangs up: what it said, and after how long. */
function drip(url: string, begin: string, byte: string): Promise<{ said: string; ms: number }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const began = Date.now();
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(begin));
    const timer = setInterval(() => socket.write(byte), 50);
    socket.on('data', (it: Buffer) => {
      said += it.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ said, ms: Date.now() - began });
    });
  });
}

describe('whoever sends a byte at a time to keep a connection', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let url: string;
  beforeAll(async () => {
    central = await openTestCentral({ patience: PATIENCE });
    desk = await enrol(central, 13);
    url = await central.listen();
  }, 60_000);
  afterAll(() => central.close());

  it.each([
    ['in the head of a request', 'GET /v1/pull/events HTTP/1.1\r\nhost: x\r\nx: ', 'a'],
    [
      'in the body of what anybody may ask',
      'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ndarcha-protocol: 1\r\n',
      ' ',
    ],
    ['in the body of a desk', 'POST /v1/push/events HTTP/1.1\r\nhost: x\r\ndarcha-protocol: 1\r\n', ' '],
    ['in a chunk of a file', 'POST /v1/uploads HTTP/1.1\r\nhost: x\r\ndarcha-protocol: 1\r\n', ' '],
  ])('%s is cut off', async (where, head, byte) => {
    const body = `authorization: Bearer ${desk.token}\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n`;
    const isHead = where.includes('head');
    const { said, ms } = await drip(url, isHead ? head : head + body, byte);

    expect(ms).toBeGreaterThanOrEqual(isHead ? PATIENCE.headMs : PATIENCE.wholeMs - 100);
    expect(said).not.toMatch(/node|fastify|at .*:\d+/i);
  });
});

describe('who asks too much', () => {
  const hello = { method: 'GET', url: '/v1/pull/events' } as const;

  it('waits as a desk, while another desk at the same address is answered', async () => {
    const central = await openTestCentral({ requestsAMinute: 10 });
    const [one, two] = [await enrol(central, 13), await enrol(central, 13)];
    for (let count = 0; count < 10; count += 1) await ask(central, one.token, hello);
    const [over, other] = [await ask(central, one.token, hello), await ask(central, two.token, hello)];
    await central.close();

    expect([over.status, other.status]).toEqual([429, 200]);
    expect(ErrorAnswer.strict().parse(over.body)).toMatchObject({ error: 'too-many' });
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('waits as an address without a token, while desks at it and probes are answered', async () => {
    const central = await openTestCentral({ requestsAMinute: 10 });
    const desk = await enrol(central, 13);
    const tryToken = (token: string | null) => ask(central, token, hello);
    const tried = await Promise.all(Array.from({ length: 10 }, (_, at) => tryToken(`wrong-token-${at}`)));
    const over = [await tryToken('wrong-token'), await tryToken(null), await tryToken('admin:not-this-one')];
    const code = await ask(central, null, { url: '/v1/enrol', body: { code: 'DEMO-13', desk: 'D' } });
    const answered = [
      await tryToken(desk.token),
      await ask(central, `admin:${ADMIN_KEY}`, { method: 'GET', url: '/v1/report/sync' }),
      await ask(central, null, { method: 'GET', url: '/healthz' }),
    ];
    await central.close();

    // The desk was enrolled from here: that is the first of the ten.
    expect(tried.map((it) => it.status)).toEqual([...Array(9).fill(401), 429]);
    expect(over.map((it) => [it.status, it.headers.connection])).toEqual(Array(3).fill([429, 'close']));
    expect([code.status, ...answered.map((it) => it.status)]).toEqual([429, 200, 200, 200]);
  });
});
