import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCentralForward } from './central-forward.ts';
import { measureFrames } from './sealed-frames.ts';
import { testSealer } from './sealer.fixture.ts';
import { openSnapshotFiles } from './snapshot-files.ts';

const text = Array.from(
  { length: 3_000 },
  (_, seq) => `{"seq":${seq},"x":"${randomBytes(60).toString('hex')}"}\n`,
).join('');
const packed = brotliCompressSync(Buffer.from(text));
const sha256 = createHash('sha256').update(packed).digest('hex');
const path = `/v1/snapshots/events/${sha256}`;

const WAIT = { timeout: 20_000, interval: 5 };

/** What came is on the disk: only then is the line cut, so that nothing is on its way. */
async function sizeOfPart(): Promise<number> {
  const of = `events-${sha256}`;
  const frames = { path: join(folder, `${of}.part`), sealer: testSealer, of };
  return measureFrames(frames).then(
    (it) => it.have,
    () => 0,
  );
}

let folder: string;
let server: Server;
let url: string;
/** After so many bytes of each answer in turn the line is cut; then it holds. */
let cuts: number[];
let served: { from: number; bytes: number }[];
let bytes: Buffer;

beforeEach(async () => {
  [cuts, served, bytes] = [[], [], packed];
  folder = await mkdtemp(join(tmpdir(), 'darcha-snapshots-'));
  server = createServer((request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= bytes.length) {
      response.writeHead(416).end('{"error":"bad-request"}');
      return;
    }
    const rest = bytes.subarray(from, from + (cuts.shift() ?? bytes.length));
    served.push({ from, bytes: rest.length });
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from });
    response.write(rest);
    if (from + rest.length === bytes.length) response.end();
    else
      void expect
        .poll(() => sizeOfPart(), WAIT)
        .toBe(from + rest.length)
        .finally(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

/** A station that was just started on the folder. */
const open = (stallMs?: number) =>
  openSnapshotFiles(
    createCentralForward(url, () => 'token'),
    folder,
    testSealer,
    stallMs === undefined ? {} : { stallMs },
  );

async function ask(files: ReturnType<typeof open>, method = 'GET', of = path) {
  const { signal } = new AbortController();
  const answer = await files.forward({ method, path: of, headers: {}, body: null, signal });
  const pieces: Uint8Array[] = [];
  for await (const it of answer.body) pieces.push(it);
  return { status: answer.status, text: Buffer.concat(pieces).toString() };
}

test('a line that is cut at several places costs no byte twice, also over a restart of the station', async () => {
  cuts = [1, 1_000, 70_000, packed.length - 71_001 - 5];
  const statuses = [];
  for (let tries = 0; tries < 4; tries += 1) {
    const station = open();
    statuses.push((await ask(station)).status);
    station.close();
  }
  const { status, text: unpacked } = await ask(open());

  expect([statuses, status]).toEqual([[502, 502, 502, 502], 200]);
  expect(unpacked === text).toBe(true);
  const from = served.map((it) => it.from);
  expect(from).toEqual([0, 1, 1_001, 71_001, packed.length - 5]);
});

test('two windows that ask at once have it loaded once, and the next from the disk', async () => {
  const station = open();
  const answers = await Promise.all([ask(station), ask(station)]);
  answers.push(await ask(open()));

  expect(answers.map((it) => [it.status, it.text === text])).toEqual(answers.map(() => [200, true]));
  expect(served.length).toBe(1);
});

test('while it is on its way the window is told how far, and a silent line is left', async () => {
  server.removeAllListeners('request');
  server.on('request', (_request, response) => {
    response.writeHead(200, { 'content-length': packed.length });
    response.write(packed.subarray(0, 500));
  });
  const station = open(4_000);
  const first = await ask(station);
  const second = await ask(station);

  expect([first.status, JSON.parse(first.text)]).toEqual([202, { have: 500 }]);
  expect(second.status).toBe(502);
});

test('what is not the file that was asked for is loaded anew, and what is damaged on the disk later too', async () => {
  bytes = Buffer.from(packed);
  bytes.writeUInt8(bytes.readUInt8(999) ^ 1, 999);
  expect((await ask(open())).status).toBe(502);
  expect(await readdir(folder)).toEqual([]);
  bytes = packed;
  expect((await ask(open())).text === text).toBe(true);
  await writeFile(join(folder, `events-${sha256}`), bytes.subarray(0, 5_000));
  await expect(ask(open())).rejects.toThrow();
  await expect.poll(() => readdir(folder)).toEqual([]);
  expect((await ask(open())).text === text).toBe(true);
});

test('one of a collection is kept, and none once the window has it', async () => {
  await ask(open());
  expect((await ask(open(), 'GET', `/v1/snapshots/events/${'a'.repeat(64)}`)).status).toBe(502);
  expect(await readdir(folder)).toEqual([]);
  await ask(open());
  expect((await readdir(folder)).length).toBe(1);
  await ask(open(), 'DELETE');
  expect(await readdir(folder)).toEqual([]);
});

test('a refusal of the centre is the answer, and other paths go to the centre', async () => {
  server.removeAllListeners('request');
  server.on('request', (request, response) => response.writeHead(404).end(`{"at":"${request.url}"}`));
  const station = open();
  expect(await ask(station)).toEqual({ status: 404, text: `{"at":"${path}"}` });
  expect(await ask(station, 'GET', '/v1/snapshots/events')).toEqual({
    status: 404,
    text: '{"at":"/v1/snapshots/events"}',
  });
});
