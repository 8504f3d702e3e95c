import { describe, expect, it } from 'vitest';
import { nextRow } from './next-row.ts';

describe('nextRow', () => {
  it('stays within the list', () => {
    expect([
      nextRow('ArrowUp', 0, 5, 10),
      nextRow('ArrowDown', 4, 5, 10),
      nextRow('PageDown', 1, 5, 10),
    ]).toEqual([0, 4, 4]);
  });
  it('keeps one row of the last page in sight', () => {
    expect(nextRow('PageDown', 0, 100, 10)).toBe(9);
  });
  it('leaves other keys and an empty list alone', () => {
    expect([nextRow('a', 0, 5, 10), nextRow('ArrowDown', 0, 0, 10)]).toEqual([null, null]);
  });
});
