import { useCallback } from 'react';
import type { EventBody } from '#model/case-event';
import type {
  CaseList,
  CaseListQuery,
  CaseView,
  Found,
  RecordOutcome,
  TimelineEntry,
} from '#replica/replica';
import { useDesk, useMe } from './desk.ts';
import { useWatch } from './use-watch.ts';

export type {
  CaseList,
  CaseListQuery,
  CaseView,
  Delivery,
  Found,
  RecordOutcome,
  TimelineEntry,
} from '#replica/replica';

/** One case as it stands here, unsent changes included; `null` when it is not on this computer. */
export function useCase(caseId: string): CaseView | null | undefined {
  const { replica } = useDesk();
  return useWatch((listener) => replica.watchCase(caseId, listener), ['case', caseId]);
}

export function useTimeline(caseId: string): readonly TimelineEntry[] | undefined {
  const { replica } = useDesk();
  return useWatch((listener) => replica.watchTimeline(caseId, listener), ['timeline', caseId]);
}

export function useCases(query: CaseListQuery): CaseList | undefined {
  const { replica } = useDesk();
  return useWatch((listener) => replica.watchCases(query, listener), ['cases', query]);
}

/** Records what happened to a case in the name of whoever is signed in. */
export function useRecord(
  caseId: string,
): (change: EventBody, confirmedBy?: string) => Promise<RecordOutcome> {
  const { replica } = useDesk();
  const me = useMe();
  return useCallback(
    (change, confirmedBy) => replica.record(caseId, me.id, change, confirmedBy),
    [replica, caseId, me.id],
  );
}

export function useFindCases(): (text: string) => Promise<readonly Found[]> {
  const { replica } = useDesk();
  return (text) => replica.findCases(text);
}
