import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CentralEvent } from '#model/case-event';
import { nextChain, toCanonicalJson } from './chain.ts';

const note = (seq: number, text: string): CentralEvent => ({
  id: `id-${seq}`,
  caseId: 'case',
  device: 'baxmal-1',
  n: seq,
  by: 'clerk',
  at: 1_780_000_000_000 + seq,
  hlc: `1780000000000:${String(seq).padStart(4, '0')}:baxmal-1`,
  base: 0,
  schema: 1,
  seq,
  status: 'ok',
  type: 'note.added',
  body: { id: `note-${seq}`, text },
});
const chainOf = (events: readonly CentralEvent[]) => events.reduce<Uint8Array>(nextChain, new Uint8Array());
const history = [note(1, 'a'), note(2, 'ʻ'), note(3, 'c')];

test('the chain is the same for the same events however they were cut into pages', () => {
  const first = chainOf(history.slice(0, 1));
  expect(history.slice(1).reduce<Uint8Array>(nextChain, first)).toEqual(chainOf(history));
  expect(chainOf(history)).toHaveLength(32);
});

test.each([
  ['missing', [history[0], history[2]]],
  ['doubled', [history[0], history[1], history[1], history[2]]],
  ['out of place', [history[1], history[0], history[2]]],
  ['altered', [history[0], note(2, "'"), history[2]]],
])('an event that is %s shows', (_, events) => {
  expect(chainOf(events as CentralEvent[])).not.toEqual(chainOf(history));
});

test('the chain does not hang on the order of keys nor on what parsing does to an event', () => {
  const reversed = history.map((it) => Object.fromEntries(Object.entries(it).reverse()) as CentralEvent);
  const parsed = history.map((it) =>
    CentralEvent.parse(JSON.parse(JSON.stringify({ ...it, code: undefined }))),
  );
  expect([chainOf(reversed), chainOf(parsed as CentralEvent[])]).toEqual([
    chainOf(history),
    chainOf(history),
  ]);
});

test('canonical JSON orders keys, drops what is undefined, and keeps lists', () => {
  expect(toCanonicalJson({ b: [3, { d: 1, c: undefined, a: null }], a: 'ё"', 10: true, 9: 1 })).toBe(
    '{"10":true,"9":1,"a":"ё\\"","b":[3,{"a":null,"d":1}]}',
  );
});

test.each([
  [
    '{"b":{"a":1,"__proto__":2},"a":[{"d":1,"__proto__":{"c":1}}]}',
    '{"a":[{"__proto__":{"c":1},"d":1}],"b":{"__proto__":2,"a":1}}',
  ],
  ['{"b":[{"10":1,"9":2,"a":3}],"a":"-1"}', '{"a":"-1","b":[{"10":1,"9":2,"a":3}]}'],
  [
    JSON.stringify(Object.fromEntries([...'zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONM'].map((it) => [it, 1]))),
    JSON.stringify(Object.fromEntries([...'MNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'].map((it) => [it, 1]))),
  ],
])('canonical JSON orders any key: %s', (text, wanted) => {
  expect(toCanonicalJson(JSON.parse(text))).toBe(wanted);
});

test('canonical JSON says what the value was, and says it the same after a round trip', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = toCanonicalJson(value);
      const plain = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(text)).toEqual(plain);
      expect(toCanonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});
