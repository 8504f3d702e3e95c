import { readFonts } from './fonts.ts';
import { makePdf } from './make-pdf.ts';
import { toReceiptDocument } from './receipt.ts';
import type { ReceiptFacts } from './receipt-facts.ts';

/** The receipt as a PDF of one A5 page or, with many papers, more. */
export async function makeReceipt(facts: ReceiptFacts): Promise<Uint8Array<ArrayBuffer>> {
  return makePdf(toReceiptDocument(facts), await readFonts());
}
