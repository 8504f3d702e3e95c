import type { Case, FieldConflict } from './case.ts';
import { authorOf, type Change, type EventOf, rejected, taken } from './case-change.ts';
import { CaseStatus, canMove } from './case-status.ts';
import { alignedConflicts, withOffer, withoutRevised } from './project-conflicts.ts';
import { mayTakeOffer } from './resolve-conflict.ts';

/**
 * Moves the status, when it is where the author saw it and may go there.
 *
 * Anything else waits as a conflict on `status`: a decision taken apart is never applied unseen.
 */
export function moveState(state: Case, event: EventOf<'state.moved'>): Change {
  const { from, to, grounds, reason } = event.body;
  if (to === 'refused' && grounds.length === 0) return rejected(state, 'refusal.no-ground');
  if (!canMove(from, to)) return rejected(state, 'state.not-allowed');
  if (to === state.status) {
    const conflicts = withoutRevised(state.conflicts, event, 'status', from);
    return taken(conflicts.length === state.conflicts.length ? state : { ...state, conflicts });
  }
  const refusal = to === 'refused' ? { grounds, reason } : undefined;
  if (from === state.status) {
    return taken(withStatus(state, to, { by: authorOf(event), refusal }));
  }
  const offer = { event, field: 'status', was: from, offered: to, ...(refusal && { refusal }) };
  return { case: withOffer(state, offer), status: 'review', code: 'state.conflict' };
}

/** Settles a conflict. One that is settled already, or that went away by itself, needs nothing more. */
export function settle(state: Case, event: EventOf<'conflict.settled'>): Change {
  const conflict = state.conflicts.find((it) => it.id === event.body.conflictId);
  if (!conflict) return taken(state);
  if (event.body.choice === 'kept') return taken(withoutOffer(state, conflict));
  return conflict.field === 'status' ? settleStatus(state, conflict) : taken(withOffered(state, conflict));
}

function settleStatus(state: Case, conflict: FieldConflict): Change {
  const to = CaseStatus.safeParse(conflict.offered);
  if (!to.success || !mayTakeOffer(state, conflict)) return rejected(state, 'state.not-allowed');
  return taken(withStatus(state, to.data, { by: conflict.offeredBy, refusal: conflict.refusal }));
}

function withStatus(
  state: Case,
  status: CaseStatus,
  { by, refusal }: { by: FieldConflict['offeredBy']; refusal: FieldConflict['refusal'] },
): Case {
  return {
    ...state,
    status,
    refusal: refusal ?? null,
    authors: { ...state.authors, status: by },
    conflicts: alignedConflicts(state.conflicts, 'status', { value: status, by }),
  };
}

function withOffered(state: Case, { field, offered, offeredBy }: FieldConflict): Case {
  return {
    ...state,
    answers: { ...state.answers, [field]: offered },
    authors: { ...state.authors, [field]: offeredBy },
    conflicts: alignedConflicts(state.conflicts, field, { value: offered, by: offeredBy }),
  };
}

function withoutOffer(state: Case, settled: FieldConflict): Case {
  return { ...state, conflicts: state.conflicts.filter((it) => it.id !== settled.id) };
}
