import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CentralEvent } from '#model/case-event';
import { nextChain as nextOfProtocol } from '#protocol/chain';
import { nextChain } from './chain.ts';

test('the chain by Node is the chain of the protocol, whatever the text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const event = { value, text, half: `${text}\ud800` } as unknown as CentralEvent;
      const [ours, theirs] = [nextChain, nextOfProtocol].map((next) =>
        next(next(new Uint8Array(), event), event),
      );
      expect(Buffer.from(ours ?? []).toString('hex')).toBe(Buffer.from(theirs ?? []).toString('hex'));
    }),
  );
});
