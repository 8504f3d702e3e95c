import { useCallback, useRef, useState } from 'react';
import type { EventBody } from '#model/case-event';
import { type RecordOutcome, useRecord } from './use-case.ts';

/** A save takes some 10 ms. To show and take away that it runs costs more than that, and nobody sees it. */
const SLOW_MS = 150;

export type Save = {
  /** Whether it is on this computer's disk now. */
  save(change: EventBody, confirmedBy?: string): Promise<boolean>;
  /** It takes long enough for a person to wonder. */
  isSlow: boolean;
  /** Why the last change was not recorded. */
  failed: Exclude<RecordOutcome['outcome'], 'saved'> | undefined;
};

/** Records changes of one case and remembers a refusal until the next one is taken. */
export function useSave(caseId: string): Save {
  const record = useRecord(caseId);
  const running = useRef(0);
  const [isSlow, setSlow] = useState(false);
  const [failed, setFailed] = useState<Save['failed']>();
  const save = useCallback(
    async (change: EventBody, confirmedBy?: string): Promise<boolean> => {
      running.current += 1;
      const slow = setTimeout(() => setSlow(true), SLOW_MS);
      try {
        const answer = await record(change, confirmedBy);
        setFailed(answer.outcome === 'saved' ? undefined : answer.outcome);
        return answer.outcome === 'saved';
      } finally {
        clearTimeout(slow);
        running.current -= 1;
        if (running.current === 0) setSlow(false);
      }
    },
    [record],
  );
  return { save, isSlow, failed };
}

/** Lets the second of two quick keys or clicks go by while what the first one asked for is being done. */
export function useOnce(): (work: () => Promise<unknown>) => void {
  const isRunning = useRef(false);
  return useCallback((work) => {
    if (isRunning.current) return;
    isRunning.current = true;
    void work().finally(() => {
      isRunning.current = false;
    });
  }, []);
}
