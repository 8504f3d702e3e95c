import { CaseEvent } from '#model/case-event';
import { toCanonicalJson } from '#protocol/chain';

/** Why an event is stored and not applied: its author had not the right, or nobody else looked who had his. */
export const PERSON_CODES = ['not-allowed', 'second-person'] as const;
export type PersonCode = (typeof PERSON_CODES)[number];

/**
 * An event as it was sent, judged without the database; `text`: its canonical JSON, which is what its device signs.
 * `judged`: that its people had not the right was found when it first came.
 */
export type SentEvent = { n: number; text: string } & (
  | { outcome: 'event'; event: CaseEvent; judged?: PersonCode }
  | { outcome: 'bad'; code: 'schema' | 'device'; id: string | null; caseId: string | null; raw: unknown }
);

/** Columns are text, which takes neither U+0000 nor half a surrogate pair. */
const STORABLE = /^[^\p{Cc}\p{Cs}]{1,36}$/u;

/** The same without a bound, for what has one of its own. */
export function isColumnText(text: string): boolean {
  return /^[^\p{Cc}\p{Cs}]+$/u.test(text);
}

/** Parses one event by itself, so that a bad one does not stop those behind it. */
export function parseEvent(device: string, n: number, raw: unknown): SentEvent {
  const parsed = CaseEvent.safeParse(raw);
  if (parsed.success && parsed.data.device !== device) return toBad(n, raw, 'device');
  if (!parsed.success || !isStorable(parsed.data)) return toBad(n, raw, 'schema');
  return { n, text: toCanonicalJson(raw), outcome: 'event', event: parsed.data };
}

export function isStorableText(text: unknown): text is string {
  return typeof text === 'string' && STORABLE.test(text);
}

function isStorable({ id, caseId }: CaseEvent): boolean {
  return isStorableText(id) && isStorableText(caseId);
}

function toBad(n: number, raw: unknown, code: 'schema' | 'device'): SentEvent {
  const { id, caseId } = (raw ?? {}) as { id?: unknown; caseId?: unknown };
  return {
    n,
    text: toCanonicalJson(raw),
    outcome: 'bad',
    code,
    raw,
    id: isStorableText(id) ? id : null,
    caseId: isStorableText(caseId) ? caseId : null,
  };
}

/**
 * What stands in the stream for an event that could not be taken as one: it sets nothing.
 *
 * It is an event by its schema, so every reader gets a dense stream and the same chain without a special
 * case; its status is `rejected`. Its own device gets it whole too, since an acknowledgement would make
 * that device hash its own body. What was sent is kept in the column `raw`.
 */
export function toStandIn(at: {
  id: string;
  caseId: string;
  device: string;
  n: number;
  by: string;
}): CaseEvent {
  const { id, caseId, device, n, by } = at;
  const head = { id, caseId, device, n, by, at: 0, hlc: '', base: 0, schema: 1 } as const;
  return { ...head, type: 'field.set', body: { set: {}, was: {} } };
}
