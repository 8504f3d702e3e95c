import { expect, test } from 'vitest';
import { createByteBudget } from './byte-budget.ts';

const limits = { start: 64_000, min: 4_000, max: 1_000_000 };

/** Full pages over a line that carries so many bytes a millisecond. */
function settle(perMs: number, many = 12): number[] {
  const budget = createByteBudget(limits);
  return Array.from({ length: many }, () => {
    budget.took(600 + budget.bytes() / perMs, budget.bytes());
    return budget.bytes();
  });
}

test('a page becomes what the line carries in eight seconds, with the way there and back', () => {
  for (const perMs of [8, 16, 80]) {
    const last = settle(perMs).at(-1) ?? 0;
    expect(600 + last / perMs).toBeGreaterThan(7_900);
    expect(600 + last / perMs).toBeLessThan(8_100);
  }
});

test('a fast line has the largest page after a few, a dead slow one the smallest', () => {
  expect(settle(1_000, 2).at(-1)).toBe(limits.max);
  expect(settle(0.1).at(-1)).toBe(limits.min);
});

test('the last page of a stream is short, and says nothing of the line unless it took too long', () => {
  const budget = createByteBudget(limits);
  budget.took(700, null);
  expect(budget.bytes()).toBe(64_000);
  budget.took(9_000, null);
  expect(budget.bytes()).toBe(32_000);
});

test('above a size that failed it grows by little', () => {
  const budget = createByteBudget(limits);
  budget.halve();
  const sizes = [1, 2, 3].map(() => {
    budget.took(10, budget.bytes());
    return budget.bytes();
  });
  expect(sizes).toEqual([36_000, 40_500, 45_563]);
});
