import { type Answer, isSameAnswer } from './answer.ts';
import type { Authored, Case, FieldConflict } from './case.ts';
import { authorOf } from './case-change.ts';
import type { CaseEvent } from './case-event.ts';

type Offer = {
  event: CaseEvent;
  field: string;
  was: Answer;
  offered: Answer;
  refusal?: NonNullable<FieldConflict['refusal']>;
};

/** The case with a value offered for a field that holds another one by now. */
export function withOffer(state: Case, { event, field, was, offered, refusal }: Offer): Case {
  const conflict: FieldConflict = {
    id: `${event.id}/${field}`,
    field,
    kept: standingValue(state, field),
    keptBy: standingAuthor(state, field),
    offered,
    offeredBy: authorOf(event),
    ...(refusal && { refusal }),
  };
  return { ...state, conflicts: [...withoutRevised(state.conflicts, event, field, was), conflict] };
}

/**
 * The open conflicts without those this event goes on from: its own device had offered `was`, and now
 * says something else instead.
 */
export function withoutRevised(
  conflicts: readonly FieldConflict[],
  event: CaseEvent,
  field: string,
  was: Answer,
): FieldConflict[] {
  return conflicts.filter(
    (it) => it.field !== field || it.offeredBy.device !== event.device || !isSameAnswer(it.offered, was),
  );
}

/** The open conflicts once `field` holds another value: an offer of just that value is no conflict any more. */
export function alignedConflicts(
  conflicts: readonly FieldConflict[],
  field: string,
  standing: { value: Answer; by: Authored },
): FieldConflict[] {
  return conflicts
    .filter((it) => it.field !== field || !isSameAnswer(it.offered, standing.value))
    .map((it) => (it.field === field ? { ...it, kept: standing.value, keptBy: standing.by } : it));
}

/** What a field, or `status`, holds now. */
export function standingValue(state: Case, field: string): Answer {
  if (field === 'status') return state.status;
  return ownValue(state.answers, field) ?? null;
}

/** Who gave what a field holds now; of a field nobody has set, whoever opened the case. */
export function standingAuthor(state: Case, field: string): Authored {
  const { openedBy: by, openedAt: at, openedDevice: device, openedHlc: hlc } = state;
  return ownValue(state.authors, field) ?? { by, at, device, hlc };
}

/** A path is a stranger's text: `toString` is no answer. */
export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
