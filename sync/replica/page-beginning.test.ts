import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PageEnd } from '#protocol/central';
import { createPageBeginning } from './page-beginning.ts';

function hear(text: string, pieceLength: number): { end: PageEnd; length: number }[] {
  const told: { end: PageEnd; length: number }[] = [];
  let length = 0;
  const hears = createPageBeginning((end) => told.push({ end, length }));
  while (length < text.length) {
    length = Math.min(text.length, length + pieceLength);
    hears(text.slice(0, length));
  }
  return told;
}

test('how a page ends is told once, before its documents are here', () => {
  const docs = Array.from({ length: 20 }, (_, at) => ({ seq: at + 11, doc: { note: '"cursor":29' } }));
  const page = { epoch: 'e', since: 10, cursor: 30, head: 99, more: true, docs, chain: 'x' };
  const told = hear(JSON.stringify(page), 25);
  expect(told.map((it) => it.end)).toEqual([{ cursor: 30, more: true }]);
  expect(told[0]?.length).toBeLessThan(100);
});

test('of an answer that is no page nothing is told', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(hear(`{"error":"${text}`, 7)).toEqual([]);
      expect(hear(`{"docs":[{"cursor":5,"more":true,"docs":[${text}`, 7)).toEqual([]);
    }),
  );
});
