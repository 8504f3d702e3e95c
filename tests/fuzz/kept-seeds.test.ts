import { expect, test } from 'vitest';
import { playSeed } from './play-seeds.ts';

/**
 * Seeds that found something, each by what it found. A change of what a history does gives a seed another
 * history: then these are more of the same, and the tests beside the code hold what was found.
 */
const KEPT: readonly { seed: number; steps: number; found: string }[] = [
  {
    seed: 20109,
    steps: 1_500,
    found: 'a number used up without its event, taken by a desk for its own event',
  },
  { seed: 20073, steps: 1_500, found: 'numbers of a second computer that came after hello were forgotten' },
  {
    seed: 30118,
    steps: 1_200,
    found: 'a desk with displaced events said that all was sent until its next round',
  },
  { seed: 50837, steps: 1_500, found: 'what was recorded again got numbers that another computer had used' },
  {
    seed: 50536,
    steps: 1_500,
    found: 'the name of the newest journal file was not on the disk after a kill',
  },
  {
    seed: 60209,
    steps: 1_500,
    found: 'the stream grew between two answers, and its new numbers were given again',
  },
  { seed: 71827, steps: 1_500, found: 'a case that came before its events hid what was recorded then' },
  {
    seed: 70446,
    steps: 1_500,
    found: 'copies whose epoch was not written were taken for those of the new one',
  },
  { seed: 81235, steps: 1_500, found: 'rows without their checkpoint were not offered to a restored centre' },
];

test.each(KEPT)('seed $seed: $found', async ({ seed, steps }) => {
  expect((await playSeed(seed, steps)).violations).toEqual([]);
});

test('one seed is one history', async () => {
  const [first, second] = [await playSeed(7), await playSeed(7)];
  expect(second.trace).toEqual(first.trace);
});
