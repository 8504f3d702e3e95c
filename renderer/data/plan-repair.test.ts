import { expect, test } from 'vitest';
import { planRepair } from './plan-repair.ts';

const NOW = 1_795_000_000_000;
const MINUTE = 60_000;

test.each([
  ['for the first time', 0, 0, 'reload'],
  ['again soon after a reload', NOW - MINUTE, 0, 'rebuild'],
  ['long after a reload', NOW - 60 * MINUTE, 0, 'reload'],
  ['soon after a rebuild: a broken disk is not loaded for ever', NOW - MINUTE, NOW - MINUTE, 'none'],
  ['after the clock went back', NOW + 60 * MINUTE, 0, 'reload'],
])('a database that is gone %s', (_when, reloadedAt, rebuiltAt, plan) => {
  expect(planRepair(NOW, { reloadedAt, rebuiltAt })).toBe(plan);
});
