import { useState } from 'react';
import type { Case } from '#model/case';
import { handOutReceipt } from './hand-out-receipt.ts';
import { type ReceiptSources, toReceiptContext } from './receipt-context.ts';

export type ReceiptState = 'idle' | 'making' | 'at-printer' | 'saved' | 'failed';

export type Receipt = {
  state: ReceiptState;
  /** Nothing is handed out before everything that stands on it is read. */
  isReady: boolean;
  print(): void;
  save(): void;
};

/** The receipt of an accepted case, on paper or as a file, as often as it is wanted. */
export function useReceipt(it: Case, sources: ReceiptSources): Receipt {
  const [state, setState] = useState<ReceiptState>('idle');
  const context = toReceiptContext(it, sources);

  const handOut = async (way: 'print' | 'save'): Promise<void> => {
    if (context === undefined || state === 'making') return;
    setState('making');
    await handOutReceipt(it, context, way).then(
      () => setState(way === 'print' ? 'at-printer' : 'saved'),
      () => setState('failed'),
    );
  };
  return {
    state,
    isReady: context !== undefined,
    print: () => void handOut('print'),
    save: () => void handOut('save'),
  };
}
