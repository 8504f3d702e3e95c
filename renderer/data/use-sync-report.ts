import { useCallback, useEffect, useRef, useState } from 'react';
import { useDesk } from './desk.ts';
import type { HeldSyncReport } from './use-sync.ts';

export type SyncReportInHand = {
  /** `undefined` until the first answer, `null` when there never was one. */
  held: HeldSyncReport | null | undefined;
  busy: boolean;
  refresh(): void;
};

/** F-4 from the centre, or the last one kept here. Asked for only when `wanted`. */
export function useSyncReport(wanted: boolean): SyncReportInHand {
  const { replica } = useDesk();
  const [held, setHeld] = useState<HeldSyncReport | null>();
  const [busy, setBusy] = useState(false);
  const latestAsk = useRef(0);

  const refresh = useCallback(() => {
    const ask = ++latestAsk.current;
    setBusy(true);
    void replica
      .syncReport()
      .then((report) => {
        if (ask === latestAsk.current) setHeld(report);
      })
      .finally(() => {
        if (ask === latestAsk.current) setBusy(false);
      });
  }, [replica]);

  useEffect(() => {
    if (wanted) refresh();
    return () => {
      latestAsk.current++;
    };
  }, [wanted, refresh]);
  return { held, busy, refresh };
}
