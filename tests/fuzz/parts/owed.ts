import type { CaseEvent } from '#model/case-event';
import type { SimDesk } from './sim-desk.ts';
import type { SimTables } from './sim-tables.ts';
import type { Owed, World } from './world.ts';

/** A desk is gone for ever: what it had saved is owed by whoever else holds it. */
export function oweFor(world: World, desk: SimDesk): void {
  const { centreId } = desk.identity;
  world.gone.add(desk);
  for (const { eventId, change } of world.saved.filter((it) => it.desk === desk)) {
    world.owed.push({ what: `${change.type} ${eventId}`, centreId, isIt: (id) => id === eventId });
  }
  for (const { caseId } of world.opened.filter((it) => it.desk === desk)) {
    const isIt: Owed['isIt'] = (_, event) => event.type === 'case.opened' && event.caseId === caseId;
    world.owed.push({ what: `case ${caseId}`, centreId, isIt });
  }
  forgiveWhatNobodyHolds(world);
}

/** To be called whenever a copy is lost by a fault: what was in no other place can come back from nowhere. */
export function forgiveWhatNobodyHolds(world: World): void {
  const tables = world.central.tables();
  world.owed = world.owed.filter(
    (it) => isAtCentre(tables, it) || world.desks.some((desk) => isCopied(desk, it)),
  );
}

export function findUnpaid({ owed, central }: World): string[] {
  const tables = central.tables();
  return owed.flatMap((it) => (isAtCentre(tables, it) ? [] : [`${it.what} of a desk that is gone is lost`]));
}

function isAtCentre({ event }: SimTables, { centreId, isIt }: Owed): boolean {
  return [...(event ?? new Map()).values()].some((row) => {
    const raw = row.raw as { id?: string } | null;
    return row.centre_id === centreId && isIt(row.event_id ?? raw?.id ?? null, row.event as CaseEvent);
  });
}

function isCopied({ identity, replicaDisk }: SimDesk, { centreId, isIt }: Owed): boolean {
  if (identity.centreId !== centreId) return false;
  return [...replicaDisk.tables.events.values()].some((row) => {
    const event = row.event as CaseEvent;
    return isIt(event.id, event);
  });
}
