import { hash } from 'node:crypto';
import type { CaseEvent, CentralEvent, EventStatus } from '#model/case-event';
import { toCanonicalJson } from '#protocol/chain';

const HASH_BYTES = 32;

type Verdict = { status: EventStatus; code?: string | null | undefined };

/** An event as it is stored, and the chain up to it in base64. */
export type Linked = { text: string; chain: string };

/**
 * The chain of the protocol over events that follow each other, by Node's own SHA-256.
 *
 * An event is written once: what is hashed is what is stored, with its place in the stream put in.
 */
export function linkEvents(
  { head, chain }: { head: number; chain: string },
  events: readonly (Verdict & { event: CaseEvent })[],
): Linked[] {
  const joined = Buffer.alloc(2 * HASH_BYTES);
  let from = chain === '' ? HASH_BYTES : 0;
  joined.write(chain, 'base64');
  return events.map((it, index) => {
    const text = toCanonicalJson(it.event);
    const central = placeText(text, it, head + index + 1);
    joined.write(hash('sha256', central, 'base64'), HASH_BYTES, 'base64');
    const next = hash('sha256', joined.subarray(from), 'base64');
    joined.write(next, 'base64');
    from = 0;
    return { text, chain: next };
  });
}

/** The canonical text of the event in its place: `seq` and `status` stand before `type`, the last key of all. */
function placeText(
  text: string,
  { event, status, code }: Verdict & { event: CaseEvent },
  seq: number,
): string {
  if (code != null) return toCanonicalJson(toCentralEvent(event, seq, { status, code }));
  const end = `,"type":"${event.type}"}`;
  return `${text.slice(0, -end.length)},"seq":${seq},"status":"${status}"${end}`;
}

/** The event as it stands in the stream: what is hashed, and what is pulled. */
export function toCentralEvent(event: CaseEvent, seq: number, { status, code }: Verdict): CentralEvent {
  return code == null ? { ...event, seq, status } : { ...event, seq, status, code };
}
