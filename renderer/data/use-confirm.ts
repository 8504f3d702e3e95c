import { useCallback } from 'react';
import type { Answer } from '#contract/station-contract';
import type { EventType } from '#model/case-event';
import { useDesk } from './desk.ts';

export type ConfirmOutcome = Answer<'person.confirm'>;

/** A second person's word for the next event of this type in this case. */
export function useConfirm(
  caseId: string,
): (who: string, secret: string, type: EventType) => Promise<ConfirmOutcome> {
  const { station } = useDesk();
  return useCallback(
    (id, secret, type) => station.call('person.confirm', { id, secret, caseId, type }),
    [station, caseId],
  );
}
