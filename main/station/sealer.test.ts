import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSealer, type DataKey, SEAL_BYTES } from './sealer.ts';

const newKey = (): DataKey => ({ id: randomBytes(4).toString('hex'), key: randomBytes(32) });
const [key, other] = [newKey(), newKey()];
const sealer = createSealer([key], 'journal');
const text = Buffer.from('Каримова Дилноза');

test('whatever is sealed opens as it was, at its place, and is as long as it was and a little', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.string(), (bytes, of) => {
      const sealed = sealer.seal(bytes, of);
      expect(sealed.length).toBe(bytes.length + SEAL_BYTES);
      expect(sealer.open(sealed, of)).toEqual(Buffer.from(bytes));
    }),
  );
});

test('no byte of it can be changed, cut off or added, and none of what it was can be seen', () => {
  const sealed = sealer.seal(text, '7');
  expect(sealed.includes(text.subarray(0, 6))).toBe(false);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect([at, sealer.open(changed, '7')]).toEqual([at, null]);
    expect(sealer.open(sealed.subarray(0, at), '7')).toBe(null);
  }
  expect(sealer.open(Buffer.concat([sealed, Buffer.of(0)]), '7')).toBe(null);
});

test('it does not open at another place, for another use, or with the key of another station', () => {
  const sealed = sealer.seal(text, '7');
  expect(sealer.open(sealed, '8')).toBe(null);
  expect(createSealer([key], 'drafts').open(sealed, '7')).toBe(null);
  expect(createSealer([other], 'journal').open(sealed, '7')).toBe(null);
  expect(createSealer([{ ...other, id: key.id }], 'journal').open(sealed, '7')).toBe(null);
});

test('after a new key what the old one sealed still opens, and what is sealed now opens with the new one alone', () => {
  const both = createSealer([other, key], 'journal');
  expect(both.open(sealer.seal(text, '7'), '7')).toEqual(text);
  expect(createSealer([other], 'journal').open(both.seal(text, '7'), '7')).toEqual(text);
  expect(sealer.open(both.seal(text, '7'), '7')).toBe(null);
});
