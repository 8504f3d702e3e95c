import { z } from 'zod';

/**
 * Where a case stands, folded from its events; the codes of the national portal plus our own steps.
 *
 * Drafts are local and are no cases yet; what is queued or unacknowledged is told by the sync status.
 */
export const CaseStatus = z.enum([
  'new',
  'awaiting-payment',
  'in-process',
  'returned',
  'ready',
  'issued',
  'refused',
  'cancelled',
]);
export type CaseStatus = z.infer<typeof CaseStatus>;

/** The way by which the applicant came. */
export const Channel = z.enum([
  'hall',
  'window',
  'self-service',
  'drive-through',
  'mobile-visit',
  'portal',
  'call-centre',
]);
export type Channel = z.infer<typeof Channel>;

/** From which status a clerk may move a case to which. */
export const TRANSITIONS: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  new: ['awaiting-payment', 'in-process', 'returned', 'ready', 'refused', 'cancelled'],
  'awaiting-payment': ['in-process', 'cancelled'],
  'in-process': ['returned', 'ready', 'refused', 'cancelled'],
  returned: ['in-process', 'refused', 'cancelled'],
  ready: ['issued', 'in-process'],
  issued: [],
  refused: [],
  cancelled: [],
};

/** Whether nothing more is owed to the applicant. */
export function isClosed(status: CaseStatus): boolean {
  return TRANSITIONS[status].length === 0;
}

export function canMove(from: CaseStatus, to: CaseStatus): boolean {
  return TRANSITIONS[from].includes(to);
}
