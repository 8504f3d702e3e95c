import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { mountImageDisk } from '../../tests/faults/parts/image-disk.ts';
import { createBallast } from './ballast.ts';
import { openJournal } from './journal.ts';
import { testSealer } from './sealer.fixture.ts';

const MB = 1024 * 1024;
const limits = { ballastBytes: 8 * MB, roomyBytes: 16 * MB, lowBytes: 4 * MB };

const mounted = await mountImageDisk(64);
if (mounted.outcome === 'none') process.stdout.write(`ballast: ${mounted.reason}\n`);
const disk = mounted.outcome === 'mounted' ? mounted.disk : null;
afterAll(async () => {
  await disk?.remove();
});

test.skipIf(disk === null)('a full disk still takes records, by giving up the ballast', async () => {
  const folder = disk?.folder ?? '';
  const path = join(folder, 'ballast');
  const ballast = createBallast(folder, limits);
  const opened = await openJournal({ folder: join(folder, 'journal'), sealer: testSealer, now: Date.now });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const append = () => opened.journal.append('x'.repeat(50_000));
  await ballast.lay();
  expect([(await stat(path)).size, await ballast.isLow()]).toEqual([limits.ballastBytes, false]);

  const empty = await disk?.fill();
  expect([(await append()).outcome, await ballast.isLow()]).toEqual(['disk-full', true]);
  // Nothing is laid in where there is no room for it.
  await ballast.lay();
  expect((await ballast.orGiveUp(append)).outcome).toBe('saved');
  expect(existsSync(path)).toBe(false);
  expect((await ballast.orGiveUp(append)).outcome).toBe('saved');

  await empty?.();
  await ballast.lay();
  expect((await stat(path)).size).toBe(limits.ballastBytes);
  await opened.journal.close();
});
