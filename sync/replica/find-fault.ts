import { CaseEvent, type UnnumberedEvent } from '#model/case-event';
import { countBytes } from './byte-budget.ts';
import type { Unacceptable } from './replica.ts';

/** Around one event in a push: device, epoch, numbers. */
const ENVELOPE_BYTES = 1_024;

/** Why the centre would never take an event; `null` when nothing speaks against it. */
export function findFault(event: UnnumberedEvent, maxBodyBytes: number): Unacceptable | null {
  if (countBytes(JSON.stringify(event)) + ENVELOPE_BYTES > maxBodyBytes) return { outcome: 'too-large' };
  return CaseEvent.safeParse({ ...event, n: 1 }).success ? null : { outcome: 'invalid' };
}
