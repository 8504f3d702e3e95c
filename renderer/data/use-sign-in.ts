import { useCallback, useEffect, useState } from 'react';
import type { Answer } from '#contract/station-contract';
import { useDesk, useSession } from './desk.ts';

export type SignInOutcome = Answer<'person.signIn'>;

/** The way in for one person, through the station; needs no line. */
export type SignIn = {
  /** How long the station looks at no further try. */
  waitMs: number;
  /** For how many days this person may still sign in without the centre; `null`: the centre has never said. */
  days: number | null;
  signIn(secret: string): Promise<SignInOutcome>;
};

export function useSignIn(id: string): SignIn {
  const { station } = useDesk();
  const { people } = useSession();
  const known = people.state.people?.find((it) => it.id === id);
  const waitMs = useCountdown(known?.waitMs ?? 0, people.at);
  const signIn = useCallback(
    (secret: string) => station.call('person.signIn', { id, secret }),
    [station, id],
  );
  return { waitMs, days: people.state.people === null ? null : (known?.days ?? 0), signIn };
}

/** What is left of so long from then on, by a clock that nobody sets. */
function useCountdown(ms: number, from: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (ms === 0) return undefined;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [ms]);
  return Math.max(0, ms - Math.max(0, now - from));
}
