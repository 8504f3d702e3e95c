import { createContext, useContext } from 'react';
import type { Answer, Identity, Settings, Station } from '#contract/station-contract';
import type { StaffMember } from '#model/staff';
import type { Replica } from '#replica/replica';
import type { HeardPeople } from './use-people.ts';

/** Everything of this workstation that a screen's hooks draw on, once it is open and enrolled. */
export type Desk = {
  station: Station;
  replica: Replica;
  info: Answer<'station.info'>;
  identity: Identity;
};

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('no desk is open here');
  return desk;
}

export type SettingsInUse = { settings: Settings; change(part: Partial<Settings>): void };
export const SettingsContext = createContext<SettingsInUse | null>(null);

/** Settings of this computer; a change is on screen at once and saved behind it. */
export function useSettings(): SettingsInUse {
  const it = useContext(SettingsContext);
  if (it === null) throw new Error('no settings here');
  return it;
}

export type Session = {
  /** Who is signed in, and not locked out. */
  me: StaffMember | null;
  people: HeardPeople;
  lock(): void;
  signOut(): void;
};
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const it = useContext(SessionContext);
  if (it === null) throw new Error('no session here');
  return it;
}

/** Who is signed in, on screens that are shown to nobody else. */
export function useMe(): StaffMember {
  const { me } = useSession();
  if (me === null) throw new Error('nobody is signed in');
  return me;
}
