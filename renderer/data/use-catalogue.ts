import { useEffect, useMemo, useState } from 'react';
import type { CalendarDay, Centre, ReferenceItem } from '#model/reference';
import type { Service } from '#model/service';
import type { StaffMember } from '#model/staff';
import { useDesk } from './desk.ts';
import { useWatch } from './use-watch.ts';

/** Current services; `undefined` until the replica has answered. */
export function useServices(): readonly Service[] | undefined {
  const { replica } = useDesk();
  return useWatch((listener) => replica.watchServices(listener), ['services']);
}

/** One version of a service; `null` when this computer does not know it. */
export function useService(
  code: string | undefined,
  version: number | undefined,
): Service | null | undefined {
  const { replica } = useDesk();
  const [held, setHeld] = useState<{ key: string; service: Service | null }>();
  const key = `${code}@${version}`;
  useEffect(() => {
    if (code === undefined || version === undefined) return undefined;
    let wanted = true;
    void replica.findService(code, version).then((service) => {
      if (wanted) setHeld({ key, service });
    });
    return () => {
      wanted = false;
    };
  }, [replica, code, version, key]);
  return held?.key === key ? held.service : undefined;
}

type Kind = ReferenceItem['kind'];
type OfKind<K extends Kind> = Extract<ReferenceItem, { kind: K }>;

/** All reference items of one kind. */
export function useReference<K extends Kind>(kind: K): readonly OfKind<K>[] | undefined {
  const { replica } = useDesk();
  const items = useWatch<readonly ReferenceItem[]>(
    (listener) => replica.watchReference(listener),
    ['reference'],
  );
  return useMemo(() => items?.filter((it): it is OfKind<K> => it.kind === kind), [items, kind]);
}

/** The centre of this desk. */
export function useCentre(): Centre | null | undefined {
  const { identity } = useDesk();
  const centres = useReference('centre');
  if (centres === undefined) return undefined;
  return centres.find((it) => it.centreId === identity.centreId) ?? null;
}

/** Minutes east of UTC at this desk's centre; Tashkent's until the centre is known. */
export function useUtcOffset(): number {
  return useCentre()?.utcOffsetMinutes ?? 300;
}

export function useCalendarDays(): readonly CalendarDay[] | undefined {
  return useReference('calendar-day');
}

export function useStaff(): readonly StaffMember[] | undefined {
  const { replica } = useDesk();
  return useWatch((listener) => replica.watchStaff(listener), ['staff']);
}

/** Name of a staff member by id; the id itself for somebody this centre does not know. */
export function useStaffName(): (id: string) => string {
  const staff = useStaff();
  return useMemo(() => {
    const names = new Map(staff?.map((it) => [it.id, it.name]));
    return (id) => names.get(id) ?? id;
  }, [staff]);
}
