import type { Case } from '#model/case';
import type { Service } from '#model/service';
import { useDesk } from '../../data/desk.ts';
import { useCentre, useStaff } from '../../data/use-catalogue.ts';
import { type Receipt, useReceipt } from '../../documents/use-receipt.ts';

/** The receipt of a case on its page; `undefined` is a service that is not read yet. */
export function useCaseReceipt(it: Case, service: Service | null | undefined): Receipt {
  const { identity } = useDesk();
  return useReceipt(it, { service, centre: useCentre(), staff: useStaff(), identity });
}
