import type { CaseEvent } from '#model/case-event';
import { asksSecondPerson } from '#model/four-eyes';
import { rightOf } from '#model/rights';
import type { Service } from '#model/service';
import { mayDo } from '#model/staff';
import type { PersonCode } from './parse-event.ts';
import type { Touched } from './read-touched.ts';

/** What the server knows by itself of when a desk's events were recorded. */
export type Bounds = { now: number; enrolledAt: number; quietAt: number | null };

/** While it says that nothing waits, a desk may record; and a slow line may take minutes for its saying so. */
const SAYING_MS = 10 * 60 * 1000;

/**
 * When an event was recorded, as far as a clock is believed: not after now, not before its desk was enrolled or had
 * last nothing to send. What was done while a position was valid is taken, however late it comes.
 */
export function toMoment(at: number, { now, enrolledAt, quietAt }: Bounds): number {
  const earliest = Math.max(enrolledAt, (quietAt ?? 0) - SAYING_MS);
  return Math.min(now, Math.max(at, earliest));
}

/** `null`: these people may do this. */
export function judgePerson(
  event: CaseEvent,
  service: Service | null,
  { people, where }: Pick<Touched, 'people' | 'where'>,
  bounds: Bounds,
): PersonCode | null {
  const at = toMoment(event.at, bounds);
  const author = people.get(event.by);
  if (author === undefined || !mayDo(author, rightOf(event), at, where)) return 'not-allowed';
  if (!asksSecondPerson(event, service)) return null;
  const second = event.confirmedBy === event.by ? undefined : people.get(event.confirmedBy ?? '');
  return second !== undefined && mayDo(second, 'case.confirm', at, where) ? null : 'second-person';
}
