import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestCentral, type TestCentral } from '../../sync/server/central.fixture.ts';
import { openCuttableLine } from '../e2e/parts/cuttable-line.ts';
import { openThinDesk, type ThinDesk } from './thin-desk.ts';

// The same as on the emulated line, over a TCP proxy: it needs no root.
const THIN = { delayMs: 100, downKbps: 128, upKbps: 64 };

let central: TestCentral;
let url: string;
const closing: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  central = await openTestCentral();
  url = await central.listen();
});
afterEach(async () => {
  for (const it of closing.splice(0).reverse()) await it.close();
});
afterAll(() => central.close());

async function openOnLine(desk: string) {
  const line = await openCuttableLine(url);
  const thin = await openThinDesk({ url: line.url, code: 'DEMO-13', desk });
  closing.push(line, thin);
  return { line, desk: thin };
}

async function readStored() {
  const [row] = await central.sql.query<{ events: number; kinds: number; head: number }>(
    `select count(*)::int as events, count(distinct event->>'id')::int as kinds,
            (select head::int from stream where centre_id = 13 and coll = 'events') as head
       from event where centre_id = 13`,
  );
  return row;
}

/** Puts so many more events into the centre by a desk with a good line; where its streams end then. */
async function addEvents(desk: ThinDesk, many: number) {
  await desk.record(many);
  await desk.syncTo({});
  desk.rest();
  const { events = 0, cases = 0 } = desk.cursors();
  return { events, cases };
}

test('everything goes up once over a thin line that is silent at first and then loses an answer', async () => {
  const { line, desk } = await openOnLine('Up');
  const before = (await readStored())?.events ?? 0;
  line.pace(THIN);
  line.swallow(true);
  await desk.record(150);
  const synced = desk.syncTo({});
  // Left by the desk itself: nobody tells it that the line is dead.
  await expect.poll(() => desk.silences(), { timeout: 60_000 }).toBeGreaterThan(0);
  line.loseNextAnswer('POST /v1/push');
  line.swallow(false);
  await synced;
  desk.rest();

  expect(line.lost()).toBe(1);
  const events = before + 150;
  expect(await readStored()).toEqual({ events, kinds: events, head: events });
});

test('a page that was cut in the middle is gone on with, not begun again', async () => {
  const near = await openOnLine('Near');
  const far = await openOnLine('Far');
  await near.desk.syncTo({});
  near.desk.rest();
  const head = await addEvents(far.desk, 400);
  near.line.pace(THIN);
  near.desk.asked.length = 0;
  near.line.cutAfter(9_000);
  await near.desk.syncTo(head);
  near.desk.rest();

  const asked = near.desk.asked.filter((it) => it.startsWith('events'));
  const [first, second] = asked.map((it) => Number(it.split(' ')[1]));
  expect(near.desk.cursors()).toMatchObject(head);
  expect(second).toBeGreaterThan(first ?? 0);
});

test('an event of one desk comes to another that is told of it, and asks by itself only much later', async () => {
  const [one, two] = [await openOnLine('One'), await openOnLine('Two')];
  await Promise.all([one.desk.syncTo({}), two.desk.syncTo({})]);
  await two.desk.heard();
  const before = Date.now();
  await one.desk.record(1);
  await one.desk.syncTo({});
  const { events = 0 } = one.desk.cursors();
  await two.desk.syncTo({ events });

  expect(two.desk.pokes().at(-1)?.events).toBeGreaterThanOrEqual(events);
  expect(two.desk.knownAt(events)).toBeGreaterThan(before);
});
