import { type ReactElement, useEffect, useState } from 'react';
import { type Session, SessionContext, useDesk, useMe } from '../data/desk.ts';
import { useCentre, useStaff } from '../data/use-catalogue.ts';
import { useIdle } from '../data/use-idle.ts';
import { useMay } from '../data/use-may.ts';
import { usePeople } from '../data/use-people.ts';
import { forgetPrinted } from '../documents/print-pdf.ts';
import { LockScreen } from '../features/sign-in/lock-screen.tsx';
import { SignInScreen } from '../features/sign-in/sign-in-screen.tsx';
import { goHome, Screens } from './screens.tsx';

const MINUTE_MS = 60_000;
const IDLE_MINUTES = 10;

/** Who sits at the desk, by the station's word: the screens for one who is signed in, else the way in. */
export function Seat(): ReactElement | null {
  const { station } = useDesk();
  const people = usePeople(station);
  const staff = useStaff();
  // Whose the addresses on the screen are.
  const [shownTo, setShownTo] = useState<string | null>(null);
  const current = people?.state.current ?? null;
  const me = current?.locked === false ? (staff?.find((it) => it.id === current.id) ?? null) : null;
  const myId = me?.id ?? null;

  useEffect(() => {
    if (myId === null) return forgetPrinted();
    if (shownTo !== null && shownTo !== myId) goHome();
    setShownTo(myId);
  }, [myId, shownTo]);

  if (people === undefined) return null;
  const session: Session = {
    me,
    people,
    lock: () => void station.call('person.lock', null),
    signOut: () => void station.call('person.signOut', null),
  };
  return (
    <SessionContext value={session}>
      {me !== null && shownTo === me.id && (
        <Occupied lock={session.lock}>
          <Screens />
        </Occupied>
      )}
      {current === null && <SignInScreen />}
      {current?.locked && <LockScreen key={current.id} id={current.id} />}
    </SessionContext>
  );
}

/** Locks when nobody has touched the computer for a while, or by Ctrl+L; and ends what a crash left half done. */
function Occupied({ lock, children }: { lock: () => void; children: ReactElement }): ReactElement {
  const { replica, station } = useDesk();
  const may = useMay();
  const centre = useCentre();
  const mayAttach = may('case.attach');
  const me = useMe();
  useIdle((centre?.idleLockMinutes ?? IDLE_MINUTES) * MINUTE_MS, lock);

  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.code !== 'KeyL' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      void station.call('person.lock', null);
    };
    window.addEventListener('keydown', hear, true);
    return () => window.removeEventListener('keydown', hear, true);
  }, [station]);

  useEffect(() => {
    if (mayAttach) void replica.finishDrafts(me.id);
  }, [replica, me.id, mayAttach]);
  return children;
}
