import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChromiumLab, hasChromium, openChromiumLab } from './chromium-lab.fixture.ts';
import { toEventKey } from './database.ts';
import type { Lean } from './lean-page.fixture.ts';

let lab: ChromiumLab<Lean>;

beforeAll(async () => {
  if (hasChromium) lab = await openChromiumLab('lean-page.fixture.ts', 'lean');
});
afterAll(() => lab?.close());

test.skipIf(!hasChromium)('tables with few indexes answer all that is asked of them', async () => {
  const { before, after, few, doc, indexes, left } = await lab.run('fill');

  expect([before, after]).toEqual([
    [true, true],
    [false, false],
  ]);
  expect([few, doc]).toEqual([[toEventKey(5), 'case-2'], { id: 'case-3', note: 'Gʻafur' }]);
  expect(left).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  // Those of RxDB's own are not there.
  expect(indexes.flat().map((it) => it.split('+')[1])).toEqual([
    ...['caseId', 'marked'],
    ...['conflicts', 'shelf', 'shelf', 'status', 'status'],
  ]);
});
