import { expect, test } from 'vitest';
import type { Collection } from '#protocol/collection';
import { createReadAhead } from './read-ahead.ts';

const { signal } = new AbortController();

function setUp() {
  const asked: string[] = [];
  const ahead = createReadAhead(async (collection: Collection, since: number) => {
    asked.push(`${collection} ${since}`);
    return `${collection} after ${since}, answer ${asked.length}`;
  });
  return { asked, ahead };
}

test('a page that was begun is asked once', async () => {
  const { asked, ahead } = setUp();
  ahead.begin('cases', 7, signal);
  expect(await ahead.take('cases', 7, signal)).toBe('cases after 7, answer 1');
  expect(asked).toEqual(['cases 7']);
});

test.each([
  ['of another collection', 'events', 7, signal],
  ['from another place', 'cases', 0, signal],
  ['of another round', 'cases', 7, new AbortController().signal],
] as const)(
  'a page %s is not taken for it, and it is not kept for later',
  async (_, collection, since, by) => {
    const { asked, ahead } = setUp();
    ahead.begin('cases', 7, signal);
    await ahead.take(collection, since, by);
    await ahead.take('cases', 7, signal);
    expect(asked).toEqual(['cases 7', `${collection} ${since}`, 'cases 7']);
  },
);

test('what was dropped is asked again, and a page that fails is heard of by who takes it alone', async () => {
  const { asked, ahead } = setUp();
  ahead.begin('cases', 7, signal);
  ahead.drop();
  await ahead.take('cases', 7, signal);
  expect(asked).toEqual(['cases 7', 'cases 7']);

  const failing = createReadAhead(() => Promise.reject(new Error('cut')));
  failing.begin('cases', 7, signal);
  await Promise.resolve();
  await expect(failing.take('cases', 7, signal)).rejects.toThrow('cut');
});
