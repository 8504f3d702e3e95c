import type { Answers } from './answer.ts';
import type { Case } from './case.ts';
import type { CaseEvent, EventBody, EventType } from './case-event.ts';
import type { CaseStatus } from './case-status.ts';
import { foldCase, type ProjectionContext, projectCase } from './project-case.ts';

type BodyOf<T extends EventType> = Extract<EventBody, { type: T }>['body'];
type Made = { device?: string; n: number; ms?: number };

/** Rules by the first part of a path: `lww.phone`, `add-only.kin`, `first-writer.slot`, else `review`. */
export const context: ProjectionContext = {
  centreId: 13,
  ruleOf(path) {
    const rule = path.split('.')[0];
    return rule === 'lww' || rule === 'add-only' || rule === 'first-writer' ? rule : 'review';
  },
};

/** An event of case `case-1`; its id is `<device>-<n>`. */
export function made<T extends EventType>(
  type: T,
  body: BodyOf<T>,
  { device = 'a', n, ms = n }: Made,
): CaseEvent {
  const at = 1_780_000_000_000 + ms;
  return {
    id: `${device}-${n}`,
    caseId: 'case-1',
    device,
    n,
    by: `clerk-${device}`,
    at,
    hlc: `${at}:0000:${device}`,
    base: 0,
    schema: 1,
    type,
    body,
  } as CaseEvent;
}

export function opened(answers: Answers = {}, how: Made = { device: 'opener', n: 1, ms: 0 }): CaseEvent {
  return made(
    'case.opened',
    {
      number: '1708204-26-03000147-29',
      service: { code: 'SOC-03', version: 1 },
      channel: 'hall',
      language: 'uz-Latn',
      answers,
      missing: [],
      fee: { amount: 0, baseAmount: 412_000, tier: 'base', currency: 'UZS' },
      dueAt: null,
      acceptedOffline: true,
    },
    how,
  );
}

export function edited(set: Answers, was: Answers, how: Made): CaseEvent {
  return made('field.set', { set, was }, how);
}

export function moved(from: CaseStatus, to: CaseStatus, how: Made): CaseEvent {
  return made('state.moved', { from, to, grounds: to === 'refused' ? ['R01'] : [], reason: '' }, how);
}

/** The case these events make, in this order. */
export function fold(...events: CaseEvent[]): Case {
  const state = foldCase(events, context);
  if (!state) throw new Error('no case');
  return state;
}

/** What becomes of one more event: its status and code. */
export function judged(state: Case | null, event: CaseEvent): unknown[] {
  const { status, code } = projectCase(state, event, context);
  return [status, code];
}
