import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChromiumLab, hasChromium, openChromiumLab } from './chromium-lab.fixture.ts';
import type { Heal } from './heal-page.fixture.ts';

let lab: ChromiumLab<Heal>;

beforeAll(async () => {
  if (hasChromium) lab = await openChromiumLab('heal-page.fixture.ts', 'heal');
});
afterAll(() => lab?.close());

describe.skipIf(!hasChromium)('a copy that was damaged in IndexedDB is found, and mended by itself', () => {
  test.each([
    // 160 events in pages of 40: only what comes after the last good point is asked for again.
    ['a row deleted', ['hole events'], 2],
    ['a byte flipped', ['changed events'], 4],
    ['a checkpoint ahead', ['hole events'], 1],
    ['a case deleted', ['other cases'], 0],
  ])('%s', async (name, found, pulls) => {
    expect(await lab.run('damage', name)).toEqual({ found, phone: '3', total: 40, pulls, second: 0 });
  });
});
