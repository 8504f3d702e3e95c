import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTextSealer } from './text-sealer.ts';

const newKey = () => crypto.getRandomValues(new Uint8Array(32));

test('whatever is sealed opens as it was, in letters of one byte', async () => {
  const sealer = await createTextSealer(newKey());
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string(), async (text, of) => {
      const sealed = await sealer.seal(text, of);
      expect([...sealed].every((it) => it < '\u0100')).toBe(true);
      expect(await sealer.open(sealed, of)).toBe(text);
    }),
  );
  const long = 'Ў'.repeat(200_000);
  expect(await sealer.open(await sealer.seal(long, ''), '')).toBe(long);
});

test('nothing of it can be seen, changed, cut off, or opened elsewhere', async () => {
  const sealer = await createTextSealer(newKey());
  const sealed = await sealer.seal('Dilnoza', 'cases 7');
  expect(sealed).not.toContain('Dil');
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = String.fromCharCode(sealed.charCodeAt(at) ^ 1);
    expect(await sealer.open(sealed.slice(0, at) + changed + sealed.slice(at + 1), 'cases 7')).toBe(null);
    expect(await sealer.open(sealed.slice(0, at), 'cases 7')).toBe(null);
  }
  expect(await sealer.open(sealed, 'cases 8')).toBe(null);
  expect(await (await createTextSealer(newKey())).open(sealed, 'cases 7')).toBe(null);
  expect(await sealer.open('{"id":"7"}', 'cases 7')).toBe(null);
});
