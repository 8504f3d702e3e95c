import type { Case } from '#model/case';
import { saveFile } from '../components/save-file.ts';
import { printPdf } from './print-pdf.ts';
import { type ReceiptContext, toReceiptFacts } from './receipt-facts.ts';

/** Gives the receipt of a case to the print dialog, or as a file named by its number. Layout is loaded when first needed. */
export async function handOutReceipt(
  it: Case,
  context: ReceiptContext,
  way: 'print' | 'save',
): Promise<void> {
  const { makeReceipt } = await import('./make-receipt.ts');
  const pdf = await makeReceipt(toReceiptFacts(it, context));
  if (way === 'print') await printPdf(pdf);
  else saveFile(new Blob([pdf], { type: 'application/pdf' }), `${it.number}.pdf`);
}
