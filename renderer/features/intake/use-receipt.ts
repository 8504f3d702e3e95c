import { useState } from 'react';
import type { Case } from '#model/case';
import { useDesk } from '../../data/desk.ts';
import { useCentre, useService, useStaffName } from '../../data/use-catalogue.ts';
import { printPdf, savePdf } from '../../documents/hand-out-pdf.ts';
import { toReceiptFacts } from '../../documents/receipt-facts.ts';

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

  const make = async (
    handOut: (pdf: Uint8Array<ArrayBuffer>, number: string) => void,
    done: ReceiptState,
  ) => {
    if (!isReady || state === 'making') return;
    setState('making');
    const { makeReceipt } = await import('../../documents/make-receipt.ts');
    const operator = nameOf(it.openedBy);
    const pdf = await makeReceipt(
      toReceiptFacts(it, { service, centre, operator, desk: identity.desk, demo: identity.demo }),
    );
    handOut(pdf, it.number);
    setState(done);
  };
  return {
    state,
    isReady,
    print: () => void make((pdf) => printPdf(pdf), 'at-printer').catch(() => setState('failed')),
    save: () =>
      void make((pdf, number) => savePdf(pdf, `${number}.pdf`), 'saved').catch(() => setState('failed')),
  };
}
