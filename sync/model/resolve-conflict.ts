import type { Case, FieldConflict } from './case.ts';
import type { EventBody } from './case-event.ts';
import { isClosed } from './case-status.ts';

/** The event by which a person settles a conflict: what stands stays, or what was offered takes its place. */
export function settleConflict(
  conflict: Pick<FieldConflict, 'id' | 'field'>,
  choice: 'kept' | 'offered',
): EventBody {
  return {
    type: 'conflict.settled',
    body: { conflictId: conflict.id, field: conflict.field, choice },
  };
}

/**
 * Whether what was offered can still take the place of what stands. A step was allowed from where its author saw the
 * case; a person who knows both may take it from any other, but not out of a closed case.
 */
export function mayTakeOffer(state: Pick<Case, 'status'>, { field }: Pick<FieldConflict, 'field'>): boolean {
  return field !== 'status' || !isClosed(state.status);
}
