import { expect, test } from 'vitest';
import type { CaseEvent } from '#model/case-event';
import type { PushAsk } from '#protocol/push';
import { createOnTheLine } from './on-the-line.ts';

const ask = (numbers: readonly number[]): PushAsk => ({
  device: 'd',
  epoch: 'e',
  from: numbers[0] ?? 1,
  events: numbers.map((n) => ({ n }) as CaseEvent),
});
const signal = new AbortController().signal;

function begin() {
  const at = { changes: 0, blink: (): void => undefined, answer: (): void => undefined };
  const onTheLine = createOnTheLine(
    {
      push: () =>
        new Promise((resolve) => {
          at.answer = () => resolve({ outcome: 'offline', reason: 'cut' });
        }),
    },
    {
      sleep: (_, aborted) =>
        new Promise((resolve) => {
          at.blink = resolve;
          aborted.addEventListener('abort', () => resolve());
        }),
      changed: () => {
        at.changes += 1;
      },
    },
  );
  return { at, onTheLine };
}

test('what is on the line is said to be, from its first to its last, until an answer comes', async () => {
  const { at, onTheLine } = begin();
  const pushed = onTheLine.push(ask([4, 5, 6]), signal);
  at.blink();
  await expect.poll(() => [3, 4, 6, 7].map(onTheLine.has)).toEqual([false, true, true, false]);
  at.answer();
  await pushed;
  expect([[4, 5, 6].some(onTheLine.has), at.changes]).toEqual([false, 2]);
});

test('a push that is over in a blink is not told of', async () => {
  const { at, onTheLine } = begin();
  const pushed = onTheLine.push(ask([4]), signal);
  at.answer();
  await pushed;
  at.blink();
  await Promise.resolve();
  expect([onTheLine.has(4), at.changes]).toEqual([false, 0]);
});
