import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSending } from './sending.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function begin(numbers: number[]) {
  let changes = 0;
  const sending = createSending(() => {
    changes += 1;
  });
  let end: () => void = () => undefined;
  const done = sending.during(numbers, () => new Promise<void>((resolve) => (end = resolve)));
  return { sending, done, end: () => end(), changes: () => changes };
}

test('what is on the line for long is said to be sent, and no more when the answer is there', async () => {
  const { sending, done, end, changes } = begin([4, 5]);
  vi.advanceTimersByTime(150);
  const meanwhile = [sending.has(4), sending.has(5), sending.has(6)];
  end();
  await done;

  expect([meanwhile, sending.has(4), changes()]).toEqual([[true, true, false], false, 2]);
});

test('what is answered at once never shows', async () => {
  const { sending, done, end, changes } = begin([4]);
  vi.advanceTimersByTime(149);
  end();
  await done;
  vi.advanceTimersByTime(1_000);

  expect([sending.has(4), changes()]).toEqual([false, 0]);
});

test('a line that breaks leaves nothing as if it were sent', async () => {
  const sending = createSending(() => undefined);
  const broken = sending.during([4], () => Promise.reject(new Error('of the line')));
  await expect(broken).rejects.toThrow();
  expect(sending.has(4)).toBe(false);
});
