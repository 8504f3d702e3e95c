import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import type { EventsPage } from '#protocol/pull';
import { toRowsHash } from '#protocol/rows-hash';
import { ask, createEventMaker, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';

let central: TestCentral;
let desk: EnrolAnswer;
let stranger: EnrolAnswer;
const chains: string[] = [''];

beforeAll(async () => {
  central = await openTestCentral();
  desk = await enrol(central, 13);
  stranger = await enrol(central, 21);
  const make = createEventMaker(desk.device);
  const events = [
    make.open('case-1'),
    make.note('case-1', 'a'),
    make.open('case-2'),
    make.note('case-2', 'b'),
  ];
  const body = { device: desk.device, epoch: central.epoch, from: 1, events };
  await ask(central, desk.token, { url: '/v1/push/events', body });
  for (let since = 0; since < events.length; since += 1) {
    const url = `/v1/pull/events?since=${since}&bytes=1`;
    const { body: page } = await ask(central, desk.token, { method: 'GET', url });
    chains.push((page as EventsPage).chain);
  }
}, 60_000);
afterAll(() => central.close());

async function verify(body: object, token = desk.token): Promise<unknown> {
  return (await ask(central, token, { url: '/v1/verify', body: { epoch: central.epoch, ...body } })).body;
}
const points = (...seqs: number[]) => seqs.map((seq) => ({ seq, chain: chains[seq] ?? '' }));

async function readRows(
  collection: string,
): Promise<{ cursor: number; docs: { seq: number; doc: { id: string } }[] }> {
  const { body } = await ask(central, desk.token, {
    method: 'GET',
    url: `/v1/pull/${collection}?bytes=4000000`,
  });
  return body as never;
}

test('the chain that everybody has is proved up to its last point, in whatever order the points come', async () => {
  expect(await verify({ collection: 'events', points: points(4, 2) })).toEqual({ ok: true, upTo: 4 });
});

test('of a chain that differs, the last point before it is named; of one that is ahead too', async () => {
  const wrong = { seq: 3, chain: chains[1] };
  expect(await verify({ collection: 'events', points: [...points(1, 2), wrong, ...points(4)] })).toEqual({
    ok: false,
    lastGood: 2,
  });
  const ahead = { seq: 9, chain: chains[4] };
  expect(await verify({ collection: 'events', points: [...points(4), ahead] })).toEqual({
    ok: false,
    lastGood: 4,
  });
});

test('a desk of another centre is compared with its own stream and learns nothing of this one', async () => {
  expect(await verify({ collection: 'events', points: points(4) }, stranger.token)).toEqual({
    ok: false,
    lastGood: 0,
  });
  const { cursor, docs } = await readRows('cases');
  const rows = toRowsHash(docs.map(({ seq, doc }) => ({ seq, id: doc.id })));
  expect(await verify({ collection: 'cases', cursor, rows }, stranger.token)).toEqual({
    ok: false,
    lastGood: 0,
  });
});

test.each(['cases', 'services', 'reference', 'staff'])(
  'rows of %s are proved by their hash',
  async (collection) => {
    const { cursor, docs } = await readRows(collection);
    const all = docs.map(({ seq, doc }) => ({ seq, id: doc.id }));
    expect(all.length).toBeGreaterThan(0);
    const hash = (rows: typeof all) => verify({ collection, cursor, rows: toRowsHash(rows) });
    expect(await hash(all)).toEqual({ ok: true, upTo: cursor });
    expect(await hash(all.slice(1))).toEqual({ ok: false, lastGood: 0 });
  },
);

test('rows of a copy that is behind are not compared, and one that is ahead is wrong', async () => {
  const { cursor } = await readRows('cases');
  expect(await verify({ collection: 'cases', cursor: cursor - 1, rows: 'x' })).toEqual({ ok: true, upTo: 0 });
  expect(await verify({ collection: 'cases', cursor: cursor + 1, rows: 'x' })).toEqual({
    ok: false,
    lastGood: 0,
  });
});

test('points of another epoch prove nothing', async () => {
  expect(await verify({ epoch: 'older', collection: 'events', points: points(1) })).toMatchObject({
    error: 'must-refetch',
  });
});
