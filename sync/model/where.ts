import type { Centre, ReferenceItem } from './reference.ts';
import { toRoleTable } from './rights.ts';
import type { Where } from './staff.ts';

/** What the reference data say of a centre that bears on rights. */
export function toWhere(centreId: number, reference: readonly ReferenceItem[]): Where {
  const centres = new Map(reference.flatMap((it) => (it.kind === 'centre' ? [[it.centreId, it]] : [])));
  return {
    line: toLine(centreId, centres),
    isPartner: centres.get(centreId)?.type === 'partner',
    roles: toRoleTable(reference),
  };
}

/** A ring in the data ends where it closes. */
function toLine(centreId: number, centres: ReadonlyMap<number, Centre>): number[] {
  const line: number[] = [];
  for (let at: number | null = centreId; at !== null && !line.includes(at); ) {
    line.push(at);
    at = centres.get(at)?.parent ?? null;
  }
  return line;
}
