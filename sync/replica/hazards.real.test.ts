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

describe.skipIf(!hasChromium)('C: what runs before a push fails once', () => {
  test('RxDB alone never sends that document, also not after a restart', async () => {
    expect(await run('brokenModifierPlain', ['one', 'two'], true)).toEqual({ thrown: 1, sent: ['two'] });
    expect(await run('brokenModifierPlain', ['three'], false)).toEqual({ thrown: 0, sent: ['three'] });
  });
  test('the outbox is the journal: a push that failed is sent after a restart', async () => {
    expect(await run('brokenPushOurs')).toEqual([0, 1]);
  });
});

describe.skipIf(!hasChromium)('E: the centre changes what it accepts while a pull is on its way', () => {
  test('RxDB alone keeps the old state', async () => {
    expect(await run('changedOnAcceptPlain')).toEqual({ here: null, there: 'accepted', pushes: 1 });
  });
  test('what the centre made of our event is what we pull', async () => {
    expect(await run('changedOnAcceptOurs')).toEqual({ sent: 4, phone: '3', surname: 'accepted' });
  });
});

describe.skipIf(!hasChromium)('G: a record that cannot be deciphered comes by in the change stream', () => {
  test('where the wrapper throws, that write and every later one hang', async () => {
    expect(await run('sealedWrites', 'throws')).toEqual([true, false, false]);
  });
  test('where it returns a marker, all of them end', async () => {
    expect(await run('sealedWrites', 'marks')).toEqual([true, true, true]);
  });
  test('our storage is not wrapped, and all of them end', async () => {
    expect(await run('sealedWrites', 'ours')).toEqual([true, true, true]);
  });
});
