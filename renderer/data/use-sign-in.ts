import { useCallback, useEffect, useState } from 'react';
import type { StaffMember } from '#model/staff';
import { checkPin } from './check-pin.ts';
import { useDesk, useSession } from './desk.ts';
import { countWrongTry, readTries, type Tries, triesLeft } from './sign-in-tries.ts';

const LAST_USER = 'last-user';

export type SignInOutcome =
  | { outcome: 'signed-in' }
  | { outcome: 'wrong'; left: number }
  | { outcome: 'locked'; until: number };

/** Whether this computer's wrong tries keep somebody out, and the way in. Needs no line. */
export function useSignIn(member: StaffMember | null): {
  lockedUntil: number;
  signIn(pin: string): Promise<SignInOutcome>;
} {
  const { replica } = useDesk();
  const { signIn: enter } = useSession();
  const [tries, setTries] = useState<{ id: string; tries: Tries }>();
  const id = member?.id;

  useEffect(() => {
    if (id === undefined) return undefined;
    let wanted = true;
    void replica.readLocal(keyOf(id)).then((stored) => {
      if (wanted) setTries({ id, tries: readTries(stored) });
    });
    return () => {
      wanted = false;
    };
  }, [replica, id]);

  const signIn = useCallback(
    async (pin: string): Promise<SignInOutcome> => {
      if (member === null) return { outcome: 'wrong', left: 0 };
      // Read anew: another window of this desk may have counted meanwhile.
      const held = readTries(await replica.readLocal(keyOf(member.id)));
      if (held.lockedUntil > Date.now()) return { outcome: 'locked', until: held.lockedUntil };
      const isRight = await checkPin(member, pin);
      const next = isRight ? { wrong: 0, lockedUntil: 0 } : countWrongTry(held, Date.now());
      await replica.writeLocal(keyOf(member.id), next);
      setTries({ id: member.id, tries: next });
      if (isRight) {
        await replica.writeLocal(LAST_USER, member.id);
        enter(member);
        return { outcome: 'signed-in' };
      }
      if (next.lockedUntil > 0) return { outcome: 'locked', until: next.lockedUntil };
      return { outcome: 'wrong', left: triesLeft(next) };
    },
    [replica, member, enter],
  );

  return { lockedUntil: tries !== undefined && tries.id === id ? tries.tries.lockedUntil : 0, signIn };
}

/** Who signed in last on this computer; `undefined` until it is read. */
export function useLastUser(): string | null | undefined {
  const { replica } = useDesk();
  const [last, setLast] = useState<string | null>();
  useEffect(() => {
    let wanted = true;
    void replica.readLocal(LAST_USER).then((stored) => {
      if (wanted) setLast(typeof stored === 'string' ? stored : null);
    });
    return () => {
      wanted = false;
    };
  }, [replica]);
  return last;
}

function keyOf(id: string): string {
  return `sign-in-tries:${id}`;
}
