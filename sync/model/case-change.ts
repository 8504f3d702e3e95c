import type { Authored, Case } from './case.ts';
import type { CaseEvent, EventStatus, EventType } from './case-event.ts';

/** An event of one type. */
export type EventOf<T extends EventType> = Extract<CaseEvent, { type: T }>;

/** What one event makes of a case: the parts of the reducer answer with this. */
export type Change = { case: Case; status: EventStatus; code?: string };

/** The event was taken. A case that it does not alter is given back as it came. */
export function taken(state: Case): Change {
  return { case: state, status: 'ok' };
}

/** The event is stored and alters nothing. */
export function rejected(state: Case, code: string): Change {
  return { case: state, status: 'rejected', code };
}

/** The author of what an event brings. */
export function authorOf({ by, at, device, hlc }: CaseEvent): Authored {
  return { by, at, device, hlc };
}
