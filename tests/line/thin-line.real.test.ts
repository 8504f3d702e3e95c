import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const folder = await mkdtemp(join(tmpdir(), 'darcha-scans-'));
  closing.push({ close: () => rm(folder, { recursive: true, force: true }) });
  const thin = await openThinDesk({ url: line.url, code: 'DEMO-13', desk, folder });
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

test('while a scan goes up, what is saved here and what is new there come within a chunk', async () => {
  const [here, there] = [await openOnLine('Here'), await openOnLine('There')];
  await Promise.all([here.desk.syncTo({}), there.desk.syncTo({})]);
  const { requests } = here.desk;
  const chunks = (from: number, to: number) =>
    requests.slice(from, to).filter((it) => it.startsWith('PATCH'));
  const hasBegun = (from: number, what: string) =>
    expect.poll(() => requests.indexOf(what, from), { timeout: 60_000 }).toBeGreaterThanOrEqual(0);
  here.line.pace(THIN);
  await here.desk.recordScans([300_000]);
  await expect.poll(() => chunks(0, requests.length).length, { timeout: 60_000 }).toBeGreaterThan(0);

  const savedAt = requests.length;
  const before = (await readStored())?.events ?? 0;
  await here.desk.record(1);
  await hasBegun(savedAt, 'POST /v1/push/events');
  await expect.poll(async () => (await readStored())?.events, { timeout: 10_000 }).toBe(before + 1);
  const pushedAt = requests.indexOf('POST /v1/push/events', savedAt);

  await expect.poll(() => chunks(pushedAt, requests.length).length, { timeout: 60_000 }).toBeGreaterThan(0);
  await there.desk.record(1);
  await there.desk.syncTo({});
  const { events = 0 } = there.desk.cursors();
  const told = () => here.desk.pokes().some((it) => (it.events ?? 0) >= events);
  await expect.poll(told, { timeout: 20_000 }).toBe(true);
  const toldAt = requests.length;
  await expect.poll(() => here.desk.cursors().events, { timeout: 60_000 }).toBe(events);
  const files = await central.sql.query('select sha256 from file where centre_id = 13');

  // The one under way, or one that began in the same moment.
  expect(chunks(savedAt, pushedAt).length).toBeLessThanOrEqual(1);
  expect(chunks(toldAt, requests.length).length).toBeLessThanOrEqual(1);
  // It went on being sent all the while.
  expect(files).toEqual([]);
  here.line.pace(null);
  await here.desk.syncTo({ events });
});
