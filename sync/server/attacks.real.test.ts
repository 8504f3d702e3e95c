import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { CasesPage } from '#protocol/pull';
import {
  type Answer,
  ask,
  createEventMaker,
  enrol,
  OFFICIAL,
  openTestCentral,
  type TestCentral,
} from './central.fixture.ts';
import { ROUTES } from './routes.fixture.ts';

const MB = 1024 * 1024;
const tus = { 'tus-resumable': '1.0.0' };

let central: TestCentral;
let desk: EnrolAnswer;
let url: string;
beforeAll(async () => {
  central = await openTestCentral();
  central.clock.now = Date.now();
  desk = await enrol(central, 13);
  url = await central.listen();
}, 60_000);
afterAll(() => central.close());

/** Sends `bytes` in pieces for as long as they are taken: the status, and how much was written by then. */
function pour(
  path: string,
  headers: Record<string, string>,
  bytes: number,
): Promise<{ status: number; taken: number }> {
  return new Promise((resolve) => {
    let taken = 0;
    let status = 0;
    const own = { authorization: `Bearer ${desk.token}`, 'darcha-protocol': '1', ...headers };
    const asked = request(`${url}${path}`, { method: 'POST', headers: own }, (answer) => {
      status = answer.statusCode ?? 0;
      answer.resume();
      answer.on('close', () => asked.destroy());
    });
    asked.on('error', () => undefined);
    asked.on('close', () => resolve({ status, taken }));
    const piece = Buffer.alloc(64 * 1024, 'a');
    asked.write('{"x":"');
    const more = (): void => {
      if (asked.destroyed) return;
      if (taken >= bytes) return void asked.end('"}');
      taken += piece.length;
      asked.write(piece, () => more());
    };
    more();
  });
}

// Guard: `bodyLimit`, and `maxOutputLength` of what is unpacked.
describe('a hundred megabytes of JSON', () => {
  it.each(['/v1/push/events', '/v1/enrol', '/v1/offer', '/v1/hello'])('are not taken at %s', async (path) => {
    const before = process.memoryUsage.rss();
    const told = await pour(
      path,
      { 'content-type': 'application/json', 'content-length': String(100 * MB) },
      100 * MB,
    );
    const untold = await pour(path, { 'content-type': 'application/json' }, 100 * MB);

    expect([told.status, untold.status]).toEqual([413, 413]);
    expect(Math.max(told.taken, untold.taken)).toBeLessThan(16 * MB);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * MB);
  });

  it('packed into a hundred kilobytes are not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MB, ' '));
    const headers = { 'content-encoding': 'gzip' };
    const before = process.memoryUsage.rss();
    const { status } = await ask(central, desk.token, { url: '/v1/push/events', body: bomb, headers });

    expect(bomb.length).toBeLessThan(200_000);
    expect(status).toBe(413);
    expect(process.memoryUsage.rss() - before).toBeLessThan(90 * MB);
  });
});

/** Begins an upload that claims `length`, and sends `bytes` for it. */
async function upload(bytes: Buffer, { length = String(bytes.length), sha256 = hashOf(bytes) } = {}) {
  const metadata = `sha256 ${Buffer.from(sha256).toString('base64')}`;
  const headers = { ...tus, 'upload-length': length, 'upload-metadata': metadata };
  const begun = await ask(central, desk.token, { url: '/v1/uploads', headers });
  if (begun.status !== 201) return { begun: begun.status, sent: null };
  const sent = await ask(central, desk.token, {
    method: 'PATCH',
    url: `/v1/${begun.headers.location}`,
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: bytes,
  });
  return { begun: 201, sent: sent.status };
}
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const filesKept = async (): Promise<string[]> => {
  const all = await readdir(central.folder, { recursive: true });
  const kinds = await Promise.all(all.map(async (it) => (await stat(join(central.folder, it))).isFile()));
  return all.filter((_, at) => kinds[at]);
};

describe('a prepared paper', () => {
  // Guard: `maxSize` of the uploads.
  it.each(['10737418240', '9007199254740993', '1e11', '-1', '0'])(
    'that claims %s bytes is not begun',
    async (length) => {
      const { begun } = await upload(Buffer.from('small'), { length });
      expect(begun).toBeGreaterThanOrEqual(400);
    },
  );

  // Guard: an upload takes no more than it was begun with, and its hash is proved.
  it('that is longer than it said is not kept', async () => {
    const bytes = Buffer.alloc(5_000, 'x');
    const { sent } = await upload(bytes, { length: '10' });
    expect(sent).toBeGreaterThanOrEqual(400);
    expect(
      (await ask(central, desk.token, { method: 'HEAD', url: `/v1/files/${hashOf(bytes)}` })).status,
    ).toBe(404);
  });

  // Guard: metadata is the hash alone, and where a file lies is made of centre and hash.
  it.each([
    '../../../../etc/cron.d/x',
    '..%2f..%2fadmin-key',
    'a/b',
    '',
    `${'a'.repeat(63)}/`,
    `${'A'.repeat(64)}`,
  ])('that calls itself %j is not begun, and lies nowhere', async (sha256) => {
    const before = await filesKept();
    expect((await upload(Buffer.from('x'), { sha256 })).begun).toBe(400);
    expect(await filesKept()).toEqual(before);
  });

  it('with a name in its metadata is not begun', async () => {
    const metadata = `filename ${Buffer.from('../../x.sh').toString('base64')},sha256 ${Buffer.from('a'.repeat(64)).toString('base64')}`;
    const headers = { ...tus, 'upload-length': '5', 'upload-metadata': metadata };
    expect((await ask(central, desk.token, { url: '/v1/uploads', headers })).status).toBe(400);
  });

  // Guard: nothing here reads a paper. It lies there byte by byte, under its hash, and is never unpacked.
  it.each([
    ['a bomb', deflateRawSync(Buffer.alloc(50 * MB))],
    [
      'a PDF with a script',
      Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
    ],
    [
      'an SVG with a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
  ])('that is %s is kept as it is and shown to nobody', async (_what, bytes) => {
    expect(await upload(bytes)).toEqual({ begun: 201, sent: 204 });
    const [kept] = (await filesKept()).filter((it) => it.includes(hashOf(bytes)));
    const got = await ask(central, desk.token, { method: 'GET', url: `/v1/files/${hashOf(bytes)}` });

    expect(await readFile(join(central.folder, kept ?? ''))).toEqual(bytes);
    expect(got.status).toBe(404);
  });
});

// Guard: schemas make new objects of the names they know; records are asked by `Object.hasOwn`.
describe('keys of prototypes', () => {
  const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
  const withKeys = (body: object): string => {
    const poison = KEYS.map((it) => `"${it}":{"polluted":"yes","isOffered":true,"centreId":21}`).join(',');
    const text = JSON.stringify(body);
    return text === '{}' ? `{${poison}}` : `{${poison},${text.slice(1)}`;
  };
  const isClean = (): void => {
    const plain = {} as Record<string, unknown>;
    expect([
      plain.polluted,
      plain.isOffered,
      plain.centreId,
      ([] as never as { polluted: 1 }).polluted,
    ]).toEqual(Array(4).fill(undefined));
    expect(typeof plain.toString).toBe('function');
  };

  it.each(Object.entries(ROUTES).filter(([route]) => route.startsWith('POST')))(
    'do nothing at %s',
    async (route, it) => {
      const at = it.url ?? route.slice('POST '.length);
      const answers: Answer[] = [];
      for (const body of [
        {},
        { epoch: central.epoch },
        { device: desk.device, epoch: central.epoch, from: 1, events: [{}] },
      ]) {
        answers.push(await ask(central, desk.token, { url: at, body: withKeys(body) }));
        answers.push(await ask(central, desk.token, { url: at, body: `[${withKeys(body)}]` }));
      }
      expect(Math.max(...answers.map(({ status }) => status))).toBeLessThan(500);
      isClean();
    },
  );

  it('do nothing as the names of cases, fields, notes and papers', async () => {
    const own = await enrol(central, 11);
    const make = createEventMaker(own.device, OFFICIAL);
    const events = KEYS.flatMap((key) => [
      make.open(key),
      make.next(key, {
        type: 'field.set',
        body: JSON.parse(`{"set":{"${key}":"mine"},"was":{"${key}":null}}`),
      }),
      make.next(key, { type: 'note.added', body: { id: key, text: key } }),
    ]);
    const poisoned = events.map((it) => withKeys(it)).join(',');
    const body = `{"device":"${own.device}","epoch":"${central.epoch}","from":1,"events":[${poisoned}]}`;
    // Read back, so that the push can be signed: `JSON.parse` makes `__proto__` a key like any other.
    const pushed = await ask(central, own.token, {
      url: '/v1/push/events',
      body: JSON.parse(body) as object,
    });
    const pulled = await ask(central, own.token, { method: 'GET', url: '/v1/pull/cases?bytes=4000000' });
    const docs = CasesPage.parse(pulled.body).docs.map((it) => it.doc);

    expect(pushed.status).toBe(200);
    expect(docs.map((it) => it.id).sort()).toEqual([...KEYS].sort());
    for (const it of docs) {
      expect(Object.getPrototypeOf(it.answers)).toBe(Object.prototype);
      expect(it.notes).toEqual([expect.objectContaining({ id: it.id, text: it.id })]);
      expect(it.centreId).toBe(11);
    }
    isClean();
  });
});
