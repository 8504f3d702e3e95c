import { expect, test } from 'vitest';
import { KEY_WORKS } from './keys/key-works.ts';
import { runKeyFaults } from './keys/run-key-faults.ts';

test('killed at steps of each work on its keys, a station is before it or after it and all in it opens', async () => {
  const { rows, faults } = await runKeyFaults({ every: 9 });
  expect(faults).toEqual([]);
  expect(rows.map((it) => it.work)).toEqual(Object.keys(KEY_WORKS));
  // Each of them writes: a work that took no step was not done.
  expect(rows.filter((it) => it.kills < 1)).toEqual([]);
});
