import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame, parseJson } from './frame.ts';

test('a frame gives back its message and its bytes', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((it) => new Uint8Array(it));
  fc.assert(
    fc.property(fc.jsonValue(), bytes, (message, payload) => {
      const plain = JSON.parse(JSON.stringify(message)) as unknown;
      expect(decodeFrame(encodeFrame(plain, payload))).toEqual({ message: plain, bytes: payload });
    }),
  );
});

test('bytes that are no frame are refused, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const decoded = decodeFrame(bytes);
      if (decoded !== null) expect(decoded.bytes.length).toBeLessThan(bytes.length);
    }),
  );
  expect(decodeFrame(Uint8Array.of(0, 0, 0, 9, 0x7b))).toBe(null);
  expect(parseJson('{')).toBe(null);
});
