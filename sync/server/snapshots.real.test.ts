import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { SnapshotAnswer } from '#protocol/snapshot';
import { ask, createEventMaker, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';
import { renewEpoch } from './store/restored.ts';

let central: TestCentral;
let desk: EnrolAnswer;
let stranger: EnrolAnswer;
let url: string;

beforeAll(async () => {
  central = await openTestCentral({ snapshotRows: 10 });
  desk = await enrol(central, 13);
  stranger = await enrol(central, 21);
  url = await central.listen();
  await push(createEventMaker(desk.device), 20, 1);
}, 60_000);
afterAll(() => central.close());

let maker: ReturnType<typeof createEventMaker> | null = null;
/** A case a time, with a note: two events each. */
async function push(make: ReturnType<typeof createEventMaker>, cases: number, from: number): Promise<void> {
  maker = make;
  const events = Array.from({ length: cases }, (_, index) => {
    const id = `case-${from}-${index}`;
    return [make.open(id), make.note(id, 'ʻқ'.repeat(300))];
  }).flat();
  const body = { device: desk.device, epoch: central.epoch, from, events };
  expect((await ask(central, desk.token, { url: '/v1/push/events', body })).status).toBe(200);
}

const find = (collection: string, token = desk.token) =>
  ask(central, token, { method: 'GET', url: `/v1/snapshots/${collection}` });

/** As a station has them: over the line, in bytes. */
async function load(path: string, { token = desk.token, range = '' } = {}) {
  const headers = { authorization: `Bearer ${token}`, 'darcha-protocol': '1', ...(range ? { range } : {}) };
  const answer = await fetch(`${url}/v1/snapshots/${path}`, { headers });
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function pullAll(collection: string, since = 0) {
  const asked = `/v1/pull/${collection}?since=${since}&bytes=4000000&full=1`;
  const { body } = await ask(central, desk.token, { method: 'GET', url: asked });
  return body as { docs: { seq: number }[]; chain?: string; cursor: number };
}

async function newest(collection: string): Promise<SnapshotAnswer> {
  return SnapshotAnswer.parse((await find(collection)).body);
}

it.each(['events', 'cases'])(
  '%s are packed as their pages have them, own ones whole, with the chain',
  async (collection) => {
    const it = await newest(collection);
    const { answer, bytes } = await load(`${collection}/${it.sha256}`);
    const page = await pullAll(collection);

    expect([answer.status, answer.headers.get('etag'), bytes.length]).toEqual([
      200,
      `"${it.sha256}"`,
      it.bytes,
    ]);
    expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(it.sha256);
    const lines = brotliDecompressSync(bytes).toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(page.docs);
    expect([it.asOf, it.rows, it.chain]).toEqual([page.cursor, page.docs.length, page.chain ?? '']);
  },
);

it('goes on at any byte, and says where a range is outside', async () => {
  const { sha256, bytes: size } = await newest('events');
  const path = `events/${sha256}`;
  const { bytes: whole } = await load(path);
  for (const from of [0, 1, 500, size - 1]) {
    const { answer, bytes } = await load(path, { range: `bytes=${from}-` });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([
      206,
      `bytes ${from}-${size - 1}/${size}`,
    ]);
    expect(bytes.equals(whole.subarray(from))).toBe(true);
  }
  const beyond = await load(path, { range: `bytes=${size}-` });
  expect([beyond.answer.status, JSON.parse(beyond.bytes.toString())]).toEqual([
    416,
    { error: 'bad-request', detail: 'range' },
  ]);
});

it('shows a centre nothing of another, and names nothing that is not there', async () => {
  const { sha256 } = await newest('events');
  const answers = [
    await load(`events/${sha256}`, { token: stranger.token }),
    await load(`cases/${sha256}`),
    await load(`events/${'a'.repeat(64)}`),
    await load('events/..%2f..%2fadmin-key'),
    await load('staff'),
    await load('meta'),
    await load('events', { token: stranger.token }),
  ];
  expect(answers.map((it) => [it.answer.status, JSON.parse(it.bytes.toString()).error])).toEqual(
    answers.map(() => [404, 'not-found']),
  );
});

it('one is used until much has come after it, by everybody who asks at once', async () => {
  const before = await newest('events');
  if (maker !== null) await push(maker, 3, 41);
  expect((await newest('events')).sha256).toBe(before.sha256);
  if (maker !== null) await push(maker, 7, 47);
  const asked = await Promise.all(Array.from({ length: 5 }, () => newest('events')));
  // Who asked has the one that is there; the next has the one that was made for it.
  expect(new Set(asked.map((it) => it.sha256))).toEqual(new Set([before.sha256]));
  await expect.poll(async () => (await newest('events')).asOf).toBe(60);
  const rows = await central.sql.query(`select sha256 from snapshot where coll = 'events'`);
  expect([rows.length, (await load(`events/${before.sha256}`)).answer.status]).toEqual([2, 200]);
});

it('an old one goes some days after there is a newer, and one whose bytes are gone is made again', async () => {
  const old = await newest('events');
  central.clock.now += 4 * 86_400_000;
  if (maker !== null) await push(maker, 10, 61);
  await find('events');
  await expect.poll(async () => (await newest('events')).asOf).toBe(80);
  expect((await load(`events/${old.sha256}`)).answer.status).toBe(404);
  await rm(join(central.folder, 'snapshots'), { recursive: true });
  expect((await newest('events')).asOf).toBe(80);
  expect((await readdir(join(central.folder, 'uploads'))).length).toBe(0);
});

it('none of before a restore is served', async () => {
  const before = await newest('cases');
  await renewEpoch(central.sql, central.clock.now);
  const after = await newest('cases');
  expect(after.epoch).not.toBe(before.epoch);
  const { body } = await ask(central, desk.token, { method: 'GET', url: '/v1/pull/cases?since=0' });
  expect((body as { epoch: string }).epoch).toBe(after.epoch);
});
