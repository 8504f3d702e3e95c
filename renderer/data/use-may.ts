import { useMemo } from 'react';
import type { ReferenceItem } from '#model/reference';
import type { Right } from '#model/rights';
import { mayDo, type StaffMember } from '#model/staff';
import { toWhere } from '#model/where';
import { useDesk, useMe } from './desk.ts';
import { useStaff } from './use-catalogue.ts';
import { useWatch } from './use-watch.ts';

export type May = (right: Right) => boolean;

/** Whether somebody may do something at this desk now: the same reckoning as the centre's, which has the last word. */
export function useRights(): (person: StaffMember, right: Right) => boolean {
  const { replica, identity } = useDesk();
  const items = useWatch<readonly ReferenceItem[]>(
    (listener) => replica.watchReference(listener),
    ['reference'],
  );
  return useMemo(() => {
    const where = toWhere(identity.centreId, items ?? []);
    return (person, right) => mayDo(person, right, Date.now(), where);
  }, [items, identity.centreId]);
}

/** What whoever is signed in may do. */
export function useMay(): May {
  const me = useMe();
  const rights = useRights();
  return (right) => rights(me, right);
}

/** Who may be the second person of a step that asks for four eyes. */
export function useSecondPeople(): readonly StaffMember[] {
  const me = useMe();
  const rights = useRights();
  return (useStaff() ?? []).filter((it) => it.id !== me.id && rights(it, 'case.confirm'));
}
