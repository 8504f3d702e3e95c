import { expect, test } from 'vitest';
import { toMoment } from './judge-person.ts';

const DAY = 86_400_000;
const bounds = { now: 100 * DAY, enrolledAt: 10 * DAY, quietAt: null };

test.each([
  ['what was done offline keeps its time', 50 * DAY, bounds, 50 * DAY],
  ['nothing is of the future', 200 * DAY, bounds, 100 * DAY],
  ['nothing is older than its desk', 1 * DAY, bounds, 10 * DAY],
  [
    'nor older than when the desk had nothing to send, but for the minutes of its saying so',
    50 * DAY,
    { ...bounds, quietAt: 90 * DAY },
    90 * DAY - 600_000,
  ],
])('%s', (_, at, its, moment) => {
  expect(toMoment(at, its)).toBe(moment);
});
