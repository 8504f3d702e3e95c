import { expect, test } from 'vitest';
import { isDatabaseGone } from './drop-database.ts';

const named = (name: string, inner?: unknown) => Object.assign(new Error('of IndexedDB'), { name, inner });

test.each([
  ['a closed database', named('DatabaseClosedError'), true],
  ['one inside another', named('AbortError', named('InvalidStateError')), true],
  [
    'a broken store',
    Object.assign(new Error('Internal error opening backing store for indexedDB.open.'), {
      name: 'UnknownError',
    }),
    true,
  ],
  ['a full disk', named('AbortError', named('QuotaExceededError')), false],
  ['nothing', undefined, false],
  ['a word', 'DatabaseClosedError', false],
])('%s', (_what, error, isGone) => {
  expect(isDatabaseGone(error)).toBe(isGone);
});
