import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { toPlain } from './clerk.ts';

/** The text of the first page, as a reader of PDF sees it, and how many pages there are. */
export async function readPdf(bytes: Uint8Array): Promise<{ text: string; pages: number }> {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
    .promise;
  const page = await document.getPage(1);
  const { items } = await page.getTextContent();
  const text = items.map((it) => ('str' in it ? it.str + (it.hasEOL ? ' ' : '') : '')).join('');
  return { text: toPlain(text), pages: document.numPages };
}
