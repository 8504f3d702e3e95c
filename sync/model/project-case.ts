import { type Case, NO_DUE_DATE } from './case.ts';
import { type Change, type EventOf, rejected } from './case-change.ts';
import type { CaseEvent, EventStatus } from './case-event.ts';
import { isClosed } from './case-status.ts';
import type { FieldRule } from './field-rule.ts';
import { addDocument, addNote, addPayment, removeDocument } from './project-additions.ts';
import { setFields } from './project-fields.ts';
import { moveState, settle } from './project-state.ts';
import { unreachable } from './unreachable.ts';

/** What the reducer must know besides the events. */
export type ProjectionContext = { centreId: number; ruleOf(path: string): FieldRule };

/** The case after an event, and what became of the event; `code` says why it was not simply taken. */
export type Projected = { case: Case | null; status: EventStatus; code?: string };

/**
 * Folds one event into a case; the same in the window and at the centre.
 *
 * Pure: the order is the caller's (the centre's stream, then this station's unsent ones). An event that
 * is folded in already changes nothing; a rejected one leaves its number in `applied` and nothing else,
 * so that a replay cannot be judged differently later.
 */
export function projectCase(state: Case | null, event: CaseEvent, context: ProjectionContext): Projected {
  if (state === null) {
    if (event.type === 'case.opened') return { case: openCase(event, context), status: 'ok' };
    return { case: null, status: 'rejected', code: 'case.absent' };
  }
  if (isApplied(state, event)) return { case: state, status: 'ok' };
  const change = changeBy(state, event, context);
  if (change.status === 'rejected') return { ...change, case: withApplied(state, event) };
  return { ...change, case: concluded(state, change.case, event) };
}

/** Folds a whole history; `null` when nothing in it opens a case. */
export function foldCase(events: Iterable<CaseEvent>, context: ProjectionContext): Case | null {
  let state: Case | null = null;
  for (const event of events) state = projectCase(state, event, context).case;
  return state;
}

function changeBy(state: Case, event: CaseEvent, context: ProjectionContext): Change {
  switch (event.type) {
    case 'case.opened':
      return rejected(state, 'case.exists');
    case 'field.set':
      return setFields(state, event, context.ruleOf);
    case 'document.attached':
      return addDocument(state, event);
    case 'document.removed':
      return removeDocument(state, event);
    case 'note.added':
      return addNote(state, event);
    case 'payment.recorded':
      return addPayment(state, event);
    case 'state.moved':
      return moveState(state, event);
    case 'conflict.settled':
      return settle(state, event);
    default:
      return unreachable(event);
  }
}

function openCase(event: EventOf<'case.opened'>, { centreId }: ProjectionContext): Case {
  const { body } = event;
  return {
    id: event.caseId,
    centreId,
    number: body.number,
    serviceCode: body.service.code,
    serviceVersion: body.service.version,
    status: 'new',
    open: true,
    dueAt: body.dueAt ?? NO_DUE_DATE,
    openedAt: event.at,
    openedBy: event.by,
    openedDevice: event.device,
    openedHlc: event.hlc,
    changedAt: event.at,
    acceptedOffline: body.acceptedOffline,
    channel: body.channel,
    language: body.language,
    fee: body.fee,
    missing: body.missing,
    answers: body.answers,
    authors: {},
    documents: [],
    notes: [],
    payments: [],
    refusal: null,
    conflicts: [],
    hasConflicts: false,
    applied: { [event.device]: event.n },
  };
}

function concluded(before: Case, after: Case, event: CaseEvent): Case {
  if (after === before) return withApplied(after, event);
  // One copy and not two: half of a fold is copying.
  return {
    ...after,
    applied: { ...after.applied, [event.device]: event.n },
    open: !isClosed(after.status),
    hasConflicts: after.conflicts.length > 0,
    changedAt: Math.max(before.changedAt, event.at),
  };
}

function isApplied(state: Case, event: CaseEvent): boolean {
  return Object.hasOwn(state.applied, event.device) && event.n <= (state.applied[event.device] ?? 0);
}

function withApplied(state: Case, event: CaseEvent): Case {
  return { ...state, applied: { ...state.applied, [event.device]: event.n } };
}
