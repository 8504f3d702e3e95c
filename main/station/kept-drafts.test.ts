import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeptDrafts } from './kept-drafts.ts';
import { testSealer } from './sealer.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-drafts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('drafts are there after a start as they were written last, and those taken away are not', async () => {
  const first = await openKeptDrafts(join(folder, 'drafts'), testSealer);
  await Promise.all([first.write('a', '1'), first.write('b', '1'), first.write('a', '2')]);
  await first.write('b', null);
  const taken = await first.write('never-there', null);

  const again = await openKeptDrafts(join(folder, 'drafts'), testSealer);
  expect([await again.all(), taken]).toEqual([['2'], { outcome: 'saved' }]);
});
