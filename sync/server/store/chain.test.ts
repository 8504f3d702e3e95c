import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CaseEvent } from '#model/case-event';
import { nextChain, toCanonicalJson } from '#protocol/chain';
import { linkEvents, toCentralEvent } from './chain.ts';

const text = fc.string({ unit: 'binary' });
const linked = fc.record({
  status: fc.constantFrom('ok', 'review', 'rejected'),
  code: fc.option(text, { nil: undefined }),
  event: fc
    .record({
      id: text,
      caseId: text,
      device: text,
      n: fc.nat(),
      by: text.map((it) => `${it}\ud800`),
      at: fc.integer(),
      hlc: text,
      base: fc.nat(),
      schema: fc.constant(1),
      type: fc.constantFrom('note.added', 'field.set'),
      body: fc.jsonValue(),
    })
    .map((it) => it as unknown as CaseEvent),
});

test('the chain by Node is the chain of the protocol, whatever the events', () => {
  fc.assert(
    fc.property(fc.array(linked, { minLength: 1 }), fc.nat(), fc.boolean(), (events, head, isBegun) => {
      let wanted = isBegun ? nextChain(new Uint8Array(), { seq: 0 } as never) : new Uint8Array();
      const links = linkEvents({ head, chain: Buffer.from(wanted).toString('base64') }, events as never);
      events.forEach(({ event, ...verdict }, index) => {
        wanted = nextChain(wanted, toCentralEvent(event, head + index + 1, verdict as never));
        expect(links[index]?.chain).toBe(Buffer.from(wanted).toString('base64'));
        expect(links[index]?.text).toBe(toCanonicalJson(event));
      });
    }),
  );
});
