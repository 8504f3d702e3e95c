import { expect, test } from 'vitest';
import { createReadAhead, type Place } from './read-ahead.ts';

const { signal } = new AbortController();
const cases = (since: number) => ({ collection: 'cases', since }) as const;

function setUp() {
  const asked: string[] = [];
  const coming: ((next: Place) => void)[] = [];
  const ahead = createReadAhead(async ({ collection, since }, _signal, tell) => {
    asked.push(`${collection} ${since}`);
    coming.push(tell);
    return `${collection} after ${since}, answer ${asked.length}`;
  });
  return { asked, coming, ahead };
}

test('a page that was begun is asked once', async () => {
  const { asked, ahead } = setUp();
  ahead.begin(cases(7), signal);
  ahead.begin(cases(7), signal);
  expect(await ahead.take(cases(7), signal)).toBe('cases after 7, answer 1');
  expect(asked).toEqual(['cases 7']);
});

test('the next page is asked for while the one before it is coming, and the one after that when it is taken', async () => {
  const { asked, coming, ahead } = setUp();
  const first = ahead.take(cases(0), signal);
  coming[0]?.(cases(5));
  coming[1]?.(cases(9));
  await first;
  expect(asked).toEqual(['cases 0', 'cases 5']);
  expect(await ahead.take(cases(5), signal)).toBe('cases after 5, answer 2');
  expect(asked).toEqual(['cases 0', 'cases 5', 'cases 9']);
});

test.each([
  ['of another collection', { collection: 'events', since: 7 }, signal],
  ['from another place', cases(0), signal],
  ['of another round', cases(7), new AbortController().signal],
] as const)('a page %s is not taken for it, and it is not kept for later', async (_, place, by) => {
  const { asked, ahead } = setUp();
  ahead.begin(cases(7), signal);
  await ahead.take(place, by);
  await ahead.take(cases(7), signal);
  expect(asked).toEqual(['cases 7', `${place.collection} ${place.since}`, 'cases 7']);
});

test('what was dropped is asked again, and what it says of the next page is not heard', async () => {
  const { asked, coming, ahead } = setUp();
  const first = ahead.take(cases(0), signal);
  ahead.begin(cases(7), signal);
  ahead.drop();
  coming[0]?.(cases(7));
  await first;
  await ahead.take(cases(7), signal);
  expect(asked).toEqual(['cases 0', 'cases 7', 'cases 7']);
});

test('a page that fails is heard of by who takes it alone', async () => {
  const failing = createReadAhead(() => Promise.reject(new Error('cut')));
  failing.begin(cases(7), signal);
  await Promise.resolve();
  await expect(failing.take(cases(7), signal)).rejects.toThrow('cut');
});
