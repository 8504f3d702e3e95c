import { beforeAll, expect, test } from 'vitest';
import { loadProgram } from './parts/programs.ts';
import type { PlayOptions } from './parts/world.ts';
import { playSeed } from './play-seeds.ts';

type Wrong = { seeds: number; steps: number } & Pick<PlayOptions, 'sabotage' | 'often'>;

const WRONG: readonly Wrong[] = [
  { sabotage: 'flush lies', seeds: 200, steps: 800 },
  // A check of the copies mends it, where it comes to it.
  { sabotage: 'pages forgotten', often: ['database full'], seeds: 200, steps: 300 },
  { sabotage: 'half a commit', seeds: 200, steps: 800 },
  { sabotage: 'damage unseen', seeds: 100, steps: 300 },
  { sabotage: 'nothing read again', seeds: 100, steps: 500 },
  {
    // It takes two computers of one name, one of which reads all of it just when the other writes.
    sabotage: 'packed unseen',
    often: ['disk cloned', 'database of a clone lost'],
    seeds: 200,
    steps: 300,
  },
];

beforeAll(async () => {
  for (const it of ['damage unseen', 'nothing read again', 'packed unseen'] as const) await loadProgram(it);
});

test.each(WRONG)('histories find it when made wrong: $sabotage', async ({ seeds, steps, ...options }) => {
  const found = [];
  for (let seed = 1; seed <= seeds && found.length === 0; seed += 1) {
    found.push(...(await playSeed(seed, steps, options)).violations);
  }
  expect(found).not.toEqual([]);
});
