import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChromiumLab, hasChromium, openChromiumLab } from './chromium-lab.fixture.ts';
import type { Hazards } from './hazards-page.fixture.ts';

const THREE_DAYS_MS = 3 * 86_400_000;
let lab: ChromiumLab<Hazards>;

beforeAll(async () => {
  if (hasChromium) lab = await openChromiumLab('hazards-page.fixture.ts', 'hazards');
});
afterAll(() => lab?.close());

const run: ChromiumLab<Hazards>['run'] = (name, ...given) => lab.run(name, ...given);
const runAt: ChromiumLab<Hazards>['runAt'] = (offset, name, ...given) => lab.runAt(offset, name, ...given);

describe.skipIf(!hasChromium)(
  'A: the clock goes back over a restart, something is saved, the clock is right again',
  () => {
    test('RxDB alone never sends what was saved meanwhile', async () => {
      await run('clockBackPlain', 'before', true);
      await runAt(-THREE_DAYS_MS, 'clockBackPlain', 'meanwhile', false);
      expect(await run('clockBackPlain', 'after', true)).toEqual(['before', 'after']);
    });
    test('the outbox goes by numbers and sends all of it', async () => {
      await run('clockBackOurs', 'before', true);
      await runAt(-THREE_DAYS_MS, 'clockBackOurs', 'meanwhile', false);
      expect(await run('clockBackOurs', 'after', true)).toEqual(['before', 'meanwhile', 'after']);
    });
  },
);

describe.skipIf(!hasChromium)('B: an answer without documents, once', () => {
  test('RxDB alone never asks again', async () => {
    expect(await run('strangeAnswerPlain')).toEqual({ asked: 1, ids: [] });
  });
  test('the answer is judged before RxDB has it, and the next round brings everything', async () => {
    expect(await run('strangeAnswerOurs')).toBe('2');
  });
});

describe.skipIf(!hasChromium)('D: the disk refuses one pulled page and takes the next', () => {
  test('RxDB alone goes on behind the hole and never comes back to it', async () => {
    const { refused, ids } = await run('refusedWritePlain');
    expect([refused, ids.includes('b')]).toEqual([1, false]);
  });
  test('a page that was not written is asked for again', async () => {
    expect(await run('refusedWriteOurs')).toEqual({ refused: 1, phone: '2', trouble: null });
  });
});
