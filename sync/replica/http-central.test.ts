import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { HelloAsk } from '#protocol/hello';
import { createHttpCentral } from './http-central.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const it of servers.splice(0)) {
    it.closeAllConnections();
    it.close();
  }
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask: HelloAsk = {
  protocol: 1,
  state: {
    waiting: 0,
    waitingBytes: 0,
    oldestWaitingAt: null,
    filesWaiting: 0,
    filesWaitingBytes: 0,
    failing: 0,
    failingCode: null,
    clock: 1,
    lastFullSyncAt: null,
    freeDiskBytes: null,
    appVersion: '1',
  },
};
const hello = {
  epoch: 'e',
  serverTime: 1,
  protocol: { min: 1, max: 1 },
  limits: { bodyBytes: 1, events: 1, fileBytes: 1 },
  heads: { events: 3 },
  lastN: 0,
};

async function greet(listener: RequestListener, stallMs = 2_000) {
  const baseUrl = await listen(listener);
  const central = createHttpCentral({ fetch, baseUrl, now: () => Date.UTC(2026, 10, 22), stallMs });
  return central.hello(ask, new AbortController().signal);
}

function send(status: number, body: string, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
}
const html = { 'content-type': 'text/html' };

test('a good answer is given as it came', async () => {
  expect(await greet(send(200, JSON.stringify(hello)))).toEqual({ outcome: 'ok', answer: hello });
});

test.each<[string, RequestListener, object]>([
  ['a captive portal’s page', send(200, '<html>', html), { outcome: 'not-central', reason: 'html' }],
  [
    'a captive portal’s redirect',
    send(302, '', { location: 'http://portal.example/' }),
    { outcome: 'not-central', reason: 'html' },
  ],
  ['a proxy’s error page', send(502, '<html>', html), { outcome: 'not-central', reason: 'html' }],
  ['half a JSON body', send(200, '{"epoch":"e","serv'), { outcome: 'not-central', reason: 'unreadable' }],
  ['JSON of another kind', send(200, '[]'), { outcome: 'not-central', reason: 'unreadable' }],
  ['an empty body', send(200, ''), { outcome: 'not-central', reason: 'unreadable' }],
  ['an error without a code', send(500, '{"oops":1}'), { outcome: 'not-central', reason: 'unreadable' }],
  [
    'the station’s word that there is no line',
    send(502, '{"error":"unreachable"}', { 'darcha-station': 'unreachable' }),
    { outcome: 'offline', reason: 'no-line' },
  ],
  ['401', send(401, '{"error":"unauthorised"}'), { outcome: 'refused', code: 'unauthorised' }],
  ['409', send(409, '{"error":"gap","expected":7}'), { outcome: 'refused', code: 'gap', expected: 7 }],
  ['413', send(413, '{"error":"too-large"}'), { outcome: 'refused', code: 'too-large' }],
  [
    '426',
    send(426, '{"error":"update-needed","min":2,"max":3}'),
    { outcome: 'refused', code: 'update-needed' },
  ],
  [
    '503 with Retry-After in seconds',
    send(503, '{"error":"unavailable"}', { 'retry-after': '7' }),
    { outcome: 'refused', code: 'unavailable', retryAfterMs: 7_000 },
  ],
  [
    '429 with Retry-After as a date',
    send(429, '{"error":"too-many"}', { 'retry-after': 'Sun, 22 Nov 2026 00:00:30 GMT' }),
    { outcome: 'refused', code: 'too-many', retryAfterMs: 30_000 },
  ],
  [
    'a body cut in the middle',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"epoch":');
      response.socket?.end();
    },
    { outcome: 'offline', reason: 'cut' },
  ],
  [
    'a connection closed without a word',
    (request) => request.socket.destroy(),
    { outcome: 'offline', reason: 'no-line' },
  ],
])('%s is an outcome', async (_name, listener, expected) => {
  expect(await greet(listener)).toEqual(expected);
});

test('silence ends a request, before an answer and within one', async () => {
  const silent = await greet(() => undefined, 40);
  const fallenSilent = await greet((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"epoch":');
  }, 40);

  expect([silent, fallenSilent]).toEqual([
    { outcome: 'offline', reason: 'stalled' },
    { outcome: 'offline', reason: 'stalled' },
  ]);
});

test('a slow answer that keeps coming is not silence', async () => {
  const pieces = JSON.stringify(hello).match(/.{1,20}/gs) ?? [];
  const answer = await greet((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => {
      const piece = pieces.shift();
      if (piece !== undefined) return response.write(piece);
      clearInterval(timer);
      return response.end();
    }, 30);
  }, 200);

  expect(answer.outcome).toBe('ok');
});

test('a long body has the time that a slow line takes for it; a short one has not', async () => {
  const slow: RequestListener = (request, response) => {
    request.resume();
    setTimeout(() => send(413, '{"error":"too-large"}')(request, response), 400);
  };
  const baseUrl = await listen(slow);
  const central = createHttpCentral({ fetch, baseUrl, now: Date.now, stallMs: 40, gzip: false });
  const push = (note: string) => {
    const events = [{ n: 1, note }] as never;
    return central.push({ device: 'd', epoch: 'e', from: 1, events }, new AbortController().signal);
  };

  expect([await push('x'), await push('x'.repeat(20_000))]).toEqual([
    { outcome: 'offline', reason: 'stalled' },
    { outcome: 'refused', code: 'too-large' },
  ]);
});

test('an address where nothing listens is no line', async () => {
  const central = createHttpCentral({ fetch, baseUrl: 'http://127.0.0.1:1', now: Date.now });
  expect(await central.hello(ask, new AbortController().signal)).toEqual({
    outcome: 'offline',
    reason: 'no-line',
  });
});

test('a page is asked for by number and size, and a document of a newer shape does not spoil it', async () => {
  const page = {
    epoch: 'e',
    since: 4,
    cursor: 5,
    head: 5,
    more: false,
    docs: [{ seq: 5, doc: { id: 'X@1', form: [{ kind: 'hologram' }] } }],
  };
  let asked = '';
  const baseUrl = await listen((request, response) => {
    asked = `${request.method} ${request.url} ${request.headers['darcha-protocol']}`;
    send(200, JSON.stringify(page))(request, response);
  });
  const central = createHttpCentral({ fetch, baseUrl, now: Date.now });
  const answer = await central.pull(
    { collection: 'services', since: 4, bytes: 65_536, full: true },
    new AbortController().signal,
  );

  expect(asked).toBe('GET /v1/pull/services?since=4&bytes=65536&full=1 1');
  expect(answer).toEqual({ outcome: 'ok', answer: page });
});

test('large bodies go compressed', async () => {
  const bodies: string[] = [];
  const baseUrl = await listen((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (it) => pieces.push(it));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      bodies.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
      send(413, '{"error":"too-large"}')(request, response);
    });
  });
  const central = createHttpCentral({ fetch, baseUrl, now: Date.now });
  const events = [{ n: 1, note: 'x'.repeat(5_000) }] as never;
  await central.push({ device: 'd', epoch: 'e', from: 1, events }, new AbortController().signal);

  expect(JSON.parse(bodies[0] ?? '')).toEqual({ device: 'd', epoch: 'e', from: 1, events });
});
