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
    ['a text torn', ['changed events'], 2],
    ['a checkpoint ahead', ['hole events'], 1],
    ['a case deleted', ['other cases'], 0],
  ])('%s', async (name, found, pulls) => {
    expect(await lab.run('damage', name)).toEqual({ found, phone: '3', total: 40, pulls, second: 0 });
  });
});

describe.skipIf(!hasChromium)('F: the browser closes the databases and answers nothing more', () => {
  test('RxDB alone stays so; ours saves, tells it, and is there again after a rebuild', async () => {
    const page = await lab.newPage();
    await page.goto(lab.origin);
    const work = (name: string) =>
      page.evaluate(async (it) => {
        try {
          return await (globalThis as never as { heal: Record<string, () => unknown> }).heal[it]?.();
        } catch (error) {
          // What RxDB throws has a short name in a built page.
          throw new Error(`${it}: ${error instanceof Error ? `${error.name} ${error.message}` : error}`);
        }
      }, name);
    await work('openToBeClosed');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: lab.origin, storageTypes: 'indexeddb' });
    const found = (await work('lookAfterClosing')) as Awaited<ReturnType<Heal['lookAfterClosing']>>;
    await page.close();

    expect(found.tries.filter((it) => it === 'done')).toEqual([]);
    expect(found).toMatchObject({
      saved: 'saved',
      sent: 161,
      refused: 'disk-failed',
      outcome: 'dropped',
      total: 40,
      phone: '4',
    });
  });
});
