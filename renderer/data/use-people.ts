import { useEffect, useState } from 'react';
import type { PeopleState, Station } from '#contract/station-contract';

export type { PeopleState } from '#contract/station-contract';

/** What the station says of who may sign in and who is, and when it said so by this window's own running clock. */
export type HeardPeople = { state: PeopleState; at: number };

/** Follows the station; `undefined` until it has answered. */
export function usePeople(station: Station): HeardPeople | undefined {
  const [heard, setHeard] = useState<HeardPeople>();
  useEffect(() => {
    const leave = new AbortController();
    const follow = async (): Promise<void> => {
      for await (const state of station.stream('person.watch', null, leave.signal)) {
        if (leave.signal.aborted) return;
        setHeard({ state, at: performance.now() });
      }
    };
    // It ends with the wire, and then the whole window says so.
    follow().catch(() => undefined);
    return () => leave.abort();
  }, [station]);
  return heard;
}
