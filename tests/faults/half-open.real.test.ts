import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPage } from '../e2e/parts/build-page.ts';
import { type CuttableLine, openCuttableLine } from '../e2e/parts/cuttable-line.ts';
import { judge } from './parts/judge.ts';
import { createLedger } from './parts/ledger.ts';
import { type MortalCentral, openMortalCentral } from './parts/mortal-central.ts';
import { openWorkingDesk, type WorkingDesk } from './parts/working-desk.ts';

/** Longer than the silence after which a request is given up. */
const PATIENCE = { timeout: 60_000, interval: 250 };

let central: MortalCentral;
let line: CuttableLine;
let desk: WorkingDesk;
let folder: string;
const ledger = createLedger();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darcha-half-open-'));
  central = await openMortalCentral();
  line = await openCuttableLine(central.url);
  const script = await buildPage(new URL('page/desk-at-work.ts', import.meta.url));
  desk = await openWorkingDesk({ folder, central: line.url, script, told: ledger.told });
});
afterAll(async () => {
  await desk.kill();
  await desk.close();
  await line.close();
  await central.close();
  await rm(folder, { recursive: true, force: true });
});

async function findMissing(): Promise<string[]> {
  const wanted = ledger.eventIds();
  const rows = await central.sql<{ id: string }>(`select event->>'id' as id from event`);
  const there = new Set(rows.map((it) => it.id));
  return wanted.filter((id) => !there.has(id));
}

test('a station whose connections are dead and whom nobody told goes on by itself, again and again', async () => {
  await desk.start();
  desk.work();
  await expect.poll(() => ledger.eventIds().length, PATIENCE).toBeGreaterThan(10);
  for (let times = 0; times < 2; times++) {
    line.vanish();
    const saved = ledger.eventIds().length;
    // The desk works on meanwhile.
    await expect.poll(() => ledger.eventIds().length, PATIENCE).toBeGreaterThan(saved + 20);
    const wanted = new Set(ledger.eventIds());
    await expect.poll(async () => (await findMissing()).filter((id) => wanted.has(id)), PATIENCE).toEqual([]);
  }
  const { faults } = await judge({ central, desk, ledger, clockWasWrong: false });
  expect(faults).toEqual([]);
});
