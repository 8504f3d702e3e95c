import { useState } from 'react';
import type { Case } from '#model/case';
import { useDesk } from '../../data/desk.ts';
import { useCentre, useService, useStaffName } from '../../data/use-catalogue.ts';
import { handOutReceipt } from '../../documents/hand-out-receipt.ts';

export type ReceiptState = 'idle' | 'making' | 'at-printer' | 'saved' | 'failed';

/** The receipt of an accepted case, on paper or as a file. Laying it out is loaded when first asked for. */
export function useReceipt(it: Case | undefined): {
  state: ReceiptState;
  isReady: boolean;
  print(): void;
  save(): void;
} {
  const { identity } = useDesk();
  const centre = useCentre();
  const service = useService(it?.serviceCode, it?.serviceVersion);
  const nameOf = useStaffName();
  const [state, setState] = useState<ReceiptState>('idle');
  const isReady = it !== undefined && service !== undefined && centre !== undefined && centre !== null;

  const handOut = async (way: 'print' | 'save'): Promise<void> => {
    if (!isReady || state === 'making') return;
    setState('making');
    const context = {
      service,
      centre,
      operator: nameOf(it.openedBy),
      desk: identity.desk,
      demo: identity.demo,
    };
    await handOutReceipt(it, context, way).then(
      () => setState(way === 'print' ? 'at-printer' : 'saved'),
      () => setState('failed'),
    );
  };
  return { state, isReady, print: () => void handOut('print'), save: () => void handOut('save') };
}
