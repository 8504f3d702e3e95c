import { expect, test } from 'vitest';
import { toRow, toTable } from './bench-rows.mjs';
import { closingLine } from './closing-line.mjs';
import { toTally } from './vitest-tally.mjs';

const skip = { test: 'a', reason: 'no PostgreSQL' };

test('the closing line counts all parts, and names skipped tests only where there are any', () => {
  const whole = { passed: 3, failed: 0, skipped: [] };
  expect(closingLine([whole, { passed: 2, failed: 1, skipped: [skip] }])).toEqual({
    failed: 1,
    line: '5 passed, 1 failed, 1 skipped',
  });
  expect(closingLine([whole])).toEqual({ failed: 0, line: '3 passed, 0 failed' });
  expect(closingLine([])).toEqual({ failed: 0, line: '0 passed, 0 failed' });
});

test('a run that ends badly is a failure, even when it counted none or nothing at all', () => {
  const counted = { passed: 4, failed: 0, skipped: [skip], retried: ['b'] };
  expect(toTally(1, counted)).toEqual({ ...counted, failed: 1 });
  expect(toTally(1, null)).toEqual({ passed: 0, failed: 1, skipped: [], retried: [] });
  expect(toTally(1, { ...counted, failed: 2 })).toEqual({ ...counted, failed: 2 });
  expect(toTally(0, counted)).toEqual(counted);
});

test('a measured row is judged by its ratio to the floor, or by its value where there is no floor', () => {
  const rows = [
    toRow({ name: 'pull', value: 1300, unit: 'ms', floor: 1000, target: 2 }),
    toRow({ name: 'pull slowly', value: 2500, unit: 'ms', floor: 1000, target: 2 }),
    toRow({ name: 'save p95', value: 61.23456, unit: 'ms', target: 60 }),
    toRow({ name: 'disk', value: 12, unit: 'MB' }),
  ];
  expect(rows).toEqual([
    { name: 'pull', value: 1300, unit: 'ms', floor: 1000, ratio: 1.3, target: 2, ok: true },
    { name: 'pull slowly', value: 2500, unit: 'ms', floor: 1000, ratio: 2.5, target: 2, ok: false },
    { name: 'save p95', value: 61.23, unit: 'ms', floor: null, ratio: null, target: 60, ok: false },
    { name: 'disk', value: 12, unit: 'MB', floor: null, ratio: null, target: null, ok: null },
  ]);
  expect(toTable(rows).split('\n')).toEqual([
    'name         value  unit  floor  ratio  target   ok',
    'pull          1300    ms   1000    1.3       2  yes',
    'pull slowly   2500    ms   1000    2.5       2   NO',
    'save p95     61.23    ms      -      -      60   NO',
    'disk            12    MB      -      -       -    -',
  ]);
});
