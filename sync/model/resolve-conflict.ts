import type { FieldConflict } from './case.ts';
import type { EventBody } from './case-event.ts';

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
