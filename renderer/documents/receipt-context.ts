import type { Case } from '#model/case';
import type { Centre } from '#model/reference';
import type { Service } from '#model/service';
import type { StaffMember } from '#model/staff';
import type { ReceiptContext } from './receipt-facts.ts';

/** What a screen knows of the world around a receipt; `undefined` is not read yet. */
export type ReceiptSources = {
  service: Service | null | undefined;
  centre: Centre | null | undefined;
  staff: readonly Pick<StaffMember, 'id' | 'name'>[] | undefined;
  identity: { device: string; desk: string; demo: boolean };
};

/** Everything a receipt says besides the case; `undefined` while any of it is still to be read. */
export function toReceiptContext(
  it: Pick<Case, 'openedBy' | 'openedDevice'>,
  { service, centre, staff, identity }: ReceiptSources,
): ReceiptContext | undefined {
  if (service === undefined || !centre || staff === undefined) return undefined;
  return {
    service,
    centre,
    operator: staff.find((member) => member.id === it.openedBy)?.name ?? it.openedBy,
    // What another desk is called is not known here; the number of a desk in a case number is no name.
    desk: it.openedDevice === identity.device ? identity.desk : null,
    demo: identity.demo,
  };
}
