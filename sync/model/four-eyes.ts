import type { CaseEvent } from './case-event.ts';
import { rightOf } from './rights.ts';
import type { Service } from './service.ts';

/** Whether a step of this service counts only when a second person has looked: `confirmedBy` of the event. */
export function asksSecondPerson(
  event: Pick<CaseEvent, 'type' | 'body'>,
  service: Pick<Service, 'fourEyes'> | null,
): boolean {
  const right = rightOf(event);
  return (service?.fourEyes ?? []).some(
    (it) => it.right === right && (it.fromAmount === undefined || amountOf(event) >= it.fromAmount),
  );
}

function amountOf({ type, body }: Pick<CaseEvent, 'type' | 'body'>): number {
  return type === 'payment.recorded' && 'amount' in body ? body.amount : 0;
}
