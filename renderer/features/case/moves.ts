import { type CaseStatus, TRANSITIONS } from '#model/case-status';
import type { Right } from '#model/rights';

type MoveName = CaseStatus | 'in-process.again' | 'in-process.paid' | 'in-process.back';

/** One thing that can be done with a case: `asks` for a reason, a ground or a second look first. */
export type Move = { to: CaseStatus; name: MoveName; usual: boolean; asks: boolean };

const USUAL_NEXT: Partial<Record<CaseStatus, CaseStatus>> = {
  new: 'in-process',
  'awaiting-payment': 'in-process',
  'in-process': 'ready',
  returned: 'in-process',
  ready: 'issued',
};
const ASKING: ReadonlySet<CaseStatus> = new Set(['returned', 'refused', 'cancelled', 'issued']);

/** What somebody may do with a case of this status, the usual step first. */
export function movesOf(may: (right: Right) => boolean, from: CaseStatus): Move[] {
  return TRANSITIONS[from]
    .filter((to) => may(to === 'refused' ? 'case.refuse' : 'case.move'))
    .map((to) => ({ to, name: nameOf(from, to), usual: USUAL_NEXT[from] === to, asks: ASKING.has(to) }))
    .sort((one, other) => Number(other.usual) - Number(one.usual));
}

/** What is still missing before a move may be recorded; empty: nothing. */
export type Missing = 'ground' | 'reason' | 'identity';

export function missingFor(
  to: CaseStatus,
  given: { grounds: readonly string[]; reason: string; identity: boolean },
): Missing[] {
  const missing: Missing[] = [];
  if (to === 'refused' && given.grounds.length === 0) missing.push('ground');
  if (needsReason(to) && given.reason.trim() === '') missing.push('reason');
  if (to === 'issued' && !given.identity) missing.push('identity');
  return missing;
}

/** Whether a reason must be given: to the applicant, who is owed one. */
export function needsReason(to: CaseStatus): boolean {
  return to === 'returned' || to === 'refused' || to === 'cancelled';
}

function nameOf(from: CaseStatus, to: CaseStatus): MoveName {
  if (to !== 'in-process') return to;
  if (from === 'returned') return 'in-process.again';
  if (from === 'awaiting-payment') return 'in-process.paid';
  return from === 'ready' ? 'in-process.back' : to;
}
