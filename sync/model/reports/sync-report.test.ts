import { expect, test } from 'vitest';
import type { DeskRow } from '../desk-report.ts';
import type { Centre } from '../reference.ts';
import { toCsvText } from './csv.ts';
import { toCsv, toJson, toSyncReport } from './sync-report.ts';

const HOUR = 3_600_000;
const asOf = Date.parse('2026-11-22T12:00:00Z');
const state = {
  waiting: 0,
  waitingBytes: 0,
  oldestWaitingAt: null,
  filesWaiting: 0,
  filesWaitingBytes: 0,
  failing: 0,
  failingCode: null,
  clock: asOf,
  lastFullSyncAt: asOf,
  freeDiskBytes: 5_000_000_000,
  appVersion: '0.1.0',
};
const row = (desk: string, more: Partial<DeskRow> = {}): DeskRow => ({
  centreId: 13,
  device: `device-${desk}`,
  desk,
  enrolledAt: asOf - 100 * HOUR,
  lastContactAt: asOf - 60_000,
  lastFullSyncAt: asOf - 60_000,
  clockDriftMs: 0,
  openConflicts: 0,
  state,
  ...more,
});
const names = { 'uz-Latn': 'Baxmal', 'uz-Cyrl': 'Бахмал', ru: 'Бахмал', en: 'Baxmal, "Jizzax"' };
const baxmal = { kind: 'centre', centreId: 13, name: names } as unknown as Centre;
const rows = [
  row('ok'),
  row('behind', { lastFullSyncAt: asOf - 5 * HOUR }),
  row('waiting', { state: { ...state, waiting: 7, waitingBytes: 900, oldestWaitingAt: asOf - 5 * HOUR } }),
  row('silent', { lastContactAt: asOf - 50 * HOUR }),
  row('quieter', { lastContactAt: asOf - 90 * HOUR }),
  row('never', { lastContactAt: null, lastFullSyncAt: null, state: null, clockDriftMs: null }),
  row('failing', { state: { ...state, failing: 2, failingCode: 'state.conflict' }, openConflicts: 3 }),
  row('stranger', { centreId: 99 }),
];

test('the worst desk comes first, whatever the order they came in', () => {
  const worstFirst = [
    ['failing', 'failing'],
    ['never', 'never'],
    ['quieter', 'silent'],
    ['silent', 'silent'],
    ['waiting', 'late'],
    ['behind', 'late'],
    ['ok', 'ok'],
    ['stranger', 'ok'],
  ];
  for (const list of [rows, rows.toReversed()]) {
    expect(toSyncReport({ asOf, rows: list }, [baxmal], asOf).rows.map((it) => [it.desk, it.health])).toEqual(
      worstFirst,
    );
  }
});

test('a desk is late and silent only after its time', () => {
  const health = (more: Partial<DeskRow>) =>
    toSyncReport({ asOf, rows: [row('x', more)] }, [], asOf).rows[0]?.health;
  const waiting = (ms: number) => ({ state: { ...state, waiting: 1, oldestWaitingAt: asOf - ms } });
  expect([
    health({ lastContactAt: asOf - 24 * HOUR }),
    health({ lastContactAt: asOf - 24 * HOUR - 1 }),
    health(waiting(4 * HOUR)),
    health(waiting(4 * HOUR + 1)),
    health({ lastFullSyncAt: null, enrolledAt: asOf - HOUR }),
    health({ lastFullSyncAt: null }),
    health({ state: null }),
  ]).toEqual(['ok', 'silent', 'ok', 'late', 'ok', 'late', 'never']);
});

test('how long a record waits is told by its own desk, whose clock may be wrong', () => {
  const wrong = asOf - 300 * 24 * HOUR;
  const waiting = { ...state, clock: wrong, waiting: 1, oldestWaitingAt: wrong - 60_000 };
  expect(toSyncReport({ asOf, rows: [row('x', { state: waiting })] }, [], asOf).rows[0]?.health).toBe('ok');
});

test('figures are summed, and are stale when they are old themselves', () => {
  const report = toSyncReport({ asOf, rows }, [baxmal], asOf + 2 * HOUR);
  expect(report).toMatchObject({
    stale: true,
    totals: {
      desks: 8,
      byHealth: { ok: 2, late: 2, silent: 2, failing: 1, never: 1 },
      waiting: 7,
      waitingBytes: 900,
      oldestWaitingAt: asOf - 5 * HOUR,
      failing: 2,
      openConflicts: 3,
    },
  });
  expect(toSyncReport({ asOf, rows: [] }, [], asOf)).toMatchObject({
    stale: false,
    totals: { desks: 0, oldestWaitingAt: null },
  });
});

test('as CSV: headings, one line for each desk, quotes doubled', () => {
  const report = toSyncReport({ asOf, rows: [row('Oyna; 1', { clockDriftMs: -90_400 })] }, [baxmal], asOf);
  expect(toCsv(report).split('\r\n')).toEqual([
    'asOf,centreId,centre,desk,device,health,appVersion,lastContactAt,silentHours,lastFullSyncAt,waiting,waitingBytes,oldestWaitingAt,failing,failingCode,openConflicts,filesWaiting,filesWaitingBytes,clockDriftSeconds,freeDiskBytes',
    '2026-11-22T12:00:00.000Z,13,"Baxmal, ""Jizzax""",Oyna; 1,device-Oyna; 1,ok,0.1.0,2026-11-22T11:59:00.000Z,0,2026-11-22T11:59:00.000Z,0,0,,0,,0,0,0,-90,5000000000',
    '',
  ]);
  const labelled = toCsv(report, { columns: { desk: 'Стол' }, health: { ok: 'хорошо' }, language: 'ru' });
  expect(labelled).toContain('centre,Стол,device');
  expect(labelled).toContain('13,Бахмал,Oyna; 1,device-Oyna; 1,хорошо');
});

test('as JSON: the same rows in the same order', () => {
  const json = JSON.parse(toJson(toSyncReport({ asOf, rows }, [baxmal], asOf)));
  expect(json.rows.map((it: { desk: string; centre: unknown }) => [it.desk, it.centre])).toEqual([
    ['failing', names],
    ['never', names],
    ['quieter', names],
    ['silent', names],
    ['waiting', names],
    ['behind', names],
    ['ok', names],
    ['stranger', null],
  ]);
});

test('no cell of a table is a formula, and numbers stay numbers', () => {
  const cells = ['=1+1', '+998', '-1', '@x', ' =1', '\t=1', '＝1', 'a=1', 'x\r\ny', 'say "so"', -1, 0, null];
  expect(toCsvText([cells])).toBe(
    `"'=1+1","'+998","'-1","'@x","' =1","'\t'=1","'＝1",a=1,"x\r\ny","say ""so""",-1,0,\r\n`,
  );
});
