import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#model/new-id';
import type { EnrolAnswer } from '#protocol/enrol';
import {
  ask,
  createEventMaker,
  enrol,
  openTestCentral,
  STRANGER,
  type TestCentral,
} from './central.fixture.ts';

let central: TestCentral;
let url: string;
beforeAll(async () => {
  central = await openTestCentral();
  url = await central.listen();
});
afterAll(() => central.close());

/** Listens as a desk; `next` is what is said next, `null` at the end. */
async function listen({ token }: { token: string }, at = url) {
  const abort = new AbortController();
  const headers = { authorization: `Bearer ${token}`, 'darcha-protocol': '1' };
  const response = await fetch(`${at}/v1/poke`, { headers, signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  return {
    response,
    async next(): Promise<unknown> {
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) return null;
      return JSON.parse(/^data: (\{.*\})\n\n$/.exec(value)?.[1] ?? `"${value}"`);
    },
    leave: () => abort.abort(),
  };
}

async function push(desk: EnrolAnswer, events: readonly { n: number }[]) {
  const body = { device: desk.device, epoch: central.epoch, from: events[0]?.n, events };
  return (await ask(central, desk.token, { url: '/v1/push/events', body })).status;
}

test('says the heads at once and when one of this centre moves, and of no other centre', async () => {
  const [desk, stranger] = [await enrol(central, 13), await enrol(central, 21)];
  const channel = await listen(await enrol(central, 13));
  const first = (await channel.next()) as Record<string, number>;
  const [ours, theirs] = [createEventMaker(desk.device), createEventMaker(stranger.device, STRANGER)];
  const statuses = [
    await push(stranger, [theirs.open(newId())]),
    await push(desk, [ours.open(newId()), ours.open(newId())]),
  ];
  const second = await channel.next();
  channel.leave();

  expect(channel.response.headers.get('content-type')).toBe('text/event-stream');
  expect(channel.response.headers.get('x-accel-buffering')).toBe('no');
  expect(statuses).toEqual([200, 200]);
  expect(first).toMatchObject({ events: 0, cases: 0, services: 1, reference: 5, staff: 1 });
  expect(second).toEqual({ ...first, events: 2, cases: 2 });
});

test('a second channel of a desk ends its first, a revoked desk has none', async () => {
  const desk = await enrol(central, 11);
  const first = await listen(desk);
  await first.next();
  const second = await listen(desk);
  await second.next();
  const ended = await first.next();
  await central.sql.query('update device set revoked_at = 1 where device_id = $1', [desk.device]);
  const revoked = await second.next();
  const after = await listen(desk);

  expect([ended, revoked, after.response.status]).toEqual([null, null, 403]);
});

test('a server that stops ends its channels and does not wait for them', async () => {
  const other = await openTestCentral();
  const channel = await listen(await enrol(other, 13), await other.listen());
  const first = await channel.next();
  await other.close();

  expect([first, await channel.next()]).toEqual([expect.objectContaining({ events: 0 }), null]);
});
