import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPagePart } from './page-part.ts';

const docs = [
  { seq: 5, doc: { name: 'a "quoted" \\ name', list: [1, { deep: ']}' }] } },
  { seq: 6, doc: { note: '{[' } },
  { seq: 9, doc: {} },
];
const page = JSON.stringify({ epoch: 'e', since: 4, cursor: 9, head: 9, more: false, docs, chain: 'x"]}' });

test('wherever a page is cut, what is whole before the cut is read, and nothing else', () => {
  for (let length = 0; length <= page.length; length++) {
    const part = readPagePart(page.slice(0, length));
    const whole = docs.filter((it) => {
      const end = page.indexOf(JSON.stringify(it)) + JSON.stringify(it).length;
      return end <= length;
    });
    expect(part?.docs ?? []).toEqual(whole);
    expect(part?.cursor).toBe(whole.at(-1)?.seq);
  }
});

test('any other text is no part of a page', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readPagePart(text)).toBeNull();
      expect(readPagePart(`{"epoch":1,"docs":[{"seq":"${text}`)).toBeNull();
    }),
  );
});
