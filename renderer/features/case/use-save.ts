import { useCallback, useState } from 'react';
import type { EventBody } from '#model/case-event';
import { useRecord } from '../../data/use-case.ts';

export type Save = {
  /** Whether it is on this computer's disk now. */
  save(change: EventBody): Promise<boolean>;
  saving: boolean;
  failed: 'disk-full' | 'disk-failed' | undefined;
};

/** Records changes of one case and remembers a refusal of the disk until the next one is taken. */
export function useSave(caseId: string): Save {
  const record = useRecord(caseId);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<'disk-full' | 'disk-failed'>();
  const save = useCallback(
    async (change: EventBody): Promise<boolean> => {
      setSaving(true);
      try {
        const answer = await record(change);
        setFailed(answer.outcome === 'saved' ? undefined : answer.outcome);
        return answer.outcome === 'saved';
      } finally {
        setSaving(false);
      }
    },
    [record],
  );
  return { save, saving, failed };
}
