import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clampHlc, createHybridClock, hlcMs } from './hybrid-clock.ts';

const start = 1_780_000_000_000;

test('times are written so that they compare as text', () => {
  const clock = createHybridClock('baxmal-1', () => start);
  expect([clock.next(), clock.next()]).toEqual([
    '1780000000000:0000:baxmal-1',
    '1780000000000:0001:baxmal-1',
  ]);
});

test('times only grow, whatever the wall clock does and whatever is seen', () => {
  const jump = fc.integer({ min: -start, max: 1_000_000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(jump, fc.option(jump)), { maxLength: 40 }), (jumps) => {
      let now = start;
      const clock = createHybridClock('a', () => now);
      let last = '';
      for (const [by, seen] of jumps) {
        now = Math.max(0, now + by);
        const other = seen === null ? '' : createHybridClock('b', () => Math.max(0, start + seen)).next();
        clock.see(other);
        const next = clock.next();
        expect(next > last && next > other).toBe(true);
        last = next;
      }
    }),
  );
});

test('goes on after the last time it gave, though the battery of the clock is dead', () => {
  const clock = createHybridClock('a', () => 0, '1780000000000:9999:a');
  expect(clock.next()).toBe('1780000000001:0000:a');
});

test('tells the last time it gave or saw, to be opened with again', () => {
  const clock = createHybridClock('a', () => start);
  clock.next();
  const given = clock.latest();
  clock.see('1780000000009:0003:b');
  expect([given, clock.latest()]).toEqual(['1780000000000:0000:a', '1780000000009:0003:a']);
  expect(createHybridClock('a', () => 0, clock.latest()).next()).toBe('1780000000009:0004:a');
});

test('what is no time changes nothing', () => {
  const clock = createHybridClock('a', () => start, 'rubbish');
  clock.see('9999:1:b');
  clock.see('');
  expect(clock.next()).toBe('1780000000000:0000:a');
});

test('a time too far ahead is brought back, others are left', () => {
  const times = ['1780000300000:0004:a:b', '1780000300001:0004:a:b', '1900000000000:0000:c', 'rubbish'];
  expect(times.map((it) => clampHlc(it, start))).toEqual([
    '1780000300000:0004:a:b',
    '1780000300000:0004:a:b',
    '1780000300000:0000:c',
    'rubbish',
  ]);
  expect(times.map(hlcMs)).toEqual([1_780_000_300_000, 1_780_000_300_001, 1_900_000_000_000, null]);
});
