import { describe, expect, it } from 'vitest';
import { timeLeft } from './time-left.ts';

const TASHKENT = 300;
const at = (text: string): number => Date.parse(`${text}:00+05:00`);

describe('timeLeft', () => {
  it('says hours on the promised day itself', () => {
    expect(timeLeft(at('2026-03-05T18:00'), at('2026-03-05T09:30'), TASHKENT)).toEqual({
      side: 'left',
      unit: 'hours',
      count: 8,
    });
  });
  it('counts days by the calendar of the centre, not by 24 hours', () => {
    expect(timeLeft(at('2026-03-06T09:00'), at('2026-03-05T23:50'), TASHKENT)).toEqual({
      side: 'left',
      unit: 'days',
      count: 1,
    });
  });
  it('is late from the first moment after the promised time', () => {
    expect(timeLeft(at('2026-03-05T18:00'), at('2026-03-05T18:00') + 1, TASHKENT)).toEqual({
      side: 'late',
      unit: 'minutes',
      count: 1,
    });
    expect(timeLeft(at('2026-03-05T18:00'), at('2026-03-08T01:00'), TASHKENT)).toEqual({
      side: 'late',
      unit: 'days',
      count: 3,
    });
  });
});
