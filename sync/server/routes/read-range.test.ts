import { expect, test } from 'vitest';
import { readRange } from './read-range.ts';

test.each([
  [undefined, { outcome: 'whole' }],
  ['bytes=0-', { outcome: 'part', from: 0, to: 100 }],
  ['bytes=40-', { outcome: 'part', from: 40, to: 100 }],
  ['bytes=40-49', { outcome: 'part', from: 40, to: 50 }],
  ['bytes=40-4000', { outcome: 'part', from: 40, to: 100 }],
  ['bytes=-10', { outcome: 'part', from: 90, to: 100 }],
  ['bytes=-1000', { outcome: 'part', from: 0, to: 100 }],
  ['bytes=100-', { outcome: 'outside' }],
  ['bytes=999999999999999-', { outcome: 'outside' }],
  ['bytes=-0', { outcome: 'outside' }],
  ['bytes=50-40', { outcome: 'whole' }],
  ['bytes=0-1,5-6', { outcome: 'whole' }],
  ['bytes=-', { outcome: 'whole' }],
  ['lines=1-2', { outcome: 'whole' }],
  ['bytes=1e3-', { outcome: 'whole' }],
])('%s of 100 bytes', (header, range) => {
  expect(readRange(header, 100)).toEqual(range);
});
