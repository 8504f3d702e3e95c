import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCentral, type TestCentral } from './parts/central.ts';
import { expectStrip, waitingOffline } from './parts/clerk.ts';
import { finish } from './parts/clerk-intake.ts';
import { readReport } from './parts/clerk-report.ts';
import { type DeskOnLine, openBrowserDesk } from './parts/desk-on-line.ts';
import { beginCase, makeFile } from './parts/offline-case.ts';
import { tellStory } from './parts/tell-story.ts';

const HOUR_MS = 3_600_000;
const run = promisify(execFile);

let central: TestCentral;
let baxmal1: DeskOnLine;
let xovos1: DeskOnLine;
let office1: DeskOnLine;

tellStory('silent-desk', () => ({
  'baxmal-1': baxmal1?.desk,
  'xovos-1': xovos1?.desk,
  'office-1': office1?.desk,
}));

beforeAll(async () => {
  central = await openCentral();
  const open = (desk: string, code: string, staff: string) =>
    openBrowserDesk({ desk, code, staff, central: central.url });
  [baxmal1, xovos1] = await Promise.all([
    open('baxmal-1', 'DEMO-BAXMAL', 'baxmal-clerk-1'),
    open('xovos-1', 'DEMO-XOVOS', 'xovos-clerk-1'),
  ]);
  office1 = await open('office-1', 'DEMO-OFFICE', 'office-supervisor');
});

afterAll(async () => {
  for (const it of [baxmal1, xovos1, office1]) await it?.close();
  await central?.close();
});

describe('a desk that has not synced', () => {
  test('is named first in the report of the supervisor, with how long it has been silent', async () => {
    const { clerk, line } = baxmal1;
    line.cut();
    await beginCase(baxmal1, {
      child: 'Malika',
      print: 'ru',
      identity: makeFile('karta.png', 'image/png', 9_000),
    });
    await finish(clerk);
    await expectStrip(clerk, waitingOffline(clerk, 1));
    const threeDaysAgo = Date.now() - 72 * HOUR_MS;
    await central.sql('update device set last_contact_at = $1, last_full_sync_at = $1 where desk = $2', [
      threeDaysAgo,
      'baxmal-1',
    ]);

    const { t } = office1.clerk;
    const rows = await readReport(office1.clerk);
    expect(rows).toHaveLength(3);
    expect(rows[0]?.desk).toContain(t('report.desk', { desk: 'baxmal-1' }));
    expect(rows[0]?.health).toContain(t('report.health.silent'));
    expect(rows[0]?.health).toMatch(/\b3\b/);
    expect(rows.slice(1).map((it) => it.health)).toEqual([t('report.health.ok'), t('report.health.ok')]);
  });

  test('has the same figures in what IT prints as CSV and as JSON', async () => {
    const [csv, json] = [await report('csv'), await report('json')];
    const [head = '', ...lines] = csv.trim().split(/\r?\n/);
    const names = head.split(',');
    const table = lines.map((it) => Object.fromEntries(it.split(',').map((cell, at) => [names[at], cell])));
    expect(table.map((it) => it.health)).toEqual(['silent', 'ok', 'ok']);
    expect(table[0]).toMatchObject({
      desk: 'baxmal-1',
      centreId: '13',
      silentHours: expect.stringMatching(/^72(\.\d)?$/),
      failing: '0',
      openConflicts: '0',
    });

    const read = JSON.parse(json) as {
      rows: { desk: string; health: string; device: string; state: { waiting: number } }[];
      totals: { desks: number; byHealth: Record<string, number> };
    };
    expect(read.totals).toMatchObject({ desks: 3, byHealth: { silent: 1, ok: 2 } });
    // Desks that are well change places with every contact.
    const figures = read.rows.map(({ desk, health, state }) => ({
      desk,
      health,
      waiting: String(state.waiting),
    }));
    const printed = table.map(({ desk, health, waiting }) => ({ desk, health, waiting }));
    expect(figures).toEqual(expect.arrayContaining(printed));
    expect(figures[0]).toEqual(printed[0]);
    expect(read.rows[0]?.device).toBe(table[0]?.device);
  });

  test('is silent no more once its line is back', async () => {
    const { line } = baxmal1;
    line.mend();
    const { t } = office1.clerk;
    const read = async () => {
      const rows = await readReport(office1.clerk);
      const row = rows.find((it) => it.desk.includes(t('report.desk', { desk: 'baxmal-1' })));
      return { health: row?.health, waiting: row?.waiting };
    };
    await expect
      .poll(read, { timeout: 120_000, interval: 1_000 })
      .toEqual({ health: t('report.health.ok'), waiting: '0' });
  });
});

/** What `npm run report -- sync` prints; its only words are the report. */
async function report(format: 'csv' | 'json'): Promise<string> {
  const key = join(central.data, 'admin-key');
  const args = ['run', '--silent', 'report', '--', 'sync', '--format', format];
  const { stdout } = await run('npm', [...args, '--central', central.url, '--key-file', key]);
  return stdout;
}
