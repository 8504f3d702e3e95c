import type { BrowserContext, Page } from 'playwright-core';
import { readPdf } from './read-pdf.ts';

/** What was asked of the printer: the document as it stood at that moment. */
export type Printed = { type: string; state: string; isRendered: boolean; url: string };

declare global {
  interface Window {
    printed?: Printed[];
    pdfs?: Map<string, Blob>;
    /** `jam`: the dialog does not open. */
    printer?: 'ready' | 'jam';
  }
}

/** Listens where the print dialog would open: a browser without a screen ends a page that opens it for a PDF. */
export async function listenToPrinter(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const top = window.top ?? window;
    window.print = () => {
      if (top.printer === 'jam') throw new Error('no dialog');
      const frame = window.frameElement ?? document.body;
      top.printed = [
        ...(top.printed ?? []),
        {
          type: document.contentType,
          state: document.readyState,
          isRendered: top.getComputedStyle(frame).display !== 'none',
          url: location.href,
        },
      ];
    };
    if (top !== window) return;
    const pdfs = new Map<string, Blob>();
    window.pdfs = pdfs;
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (it) => {
      const url = create(it);
      if (it instanceof Blob) pdfs.set(url, it);
      return url;
    };
  });
}

export async function readPrinted(page: Page): Promise<Printed[]> {
  return page.evaluate(() => window.printed ?? []);
}

/** The text of what went to the printer. */
export async function readPrintedText(page: Page, { url }: Printed): Promise<string> {
  const bytes = await page.evaluate(async (it) => {
    const blob = window.pdfs?.get(it);
    return blob === undefined ? [] : [...new Uint8Array(await blob.arrayBuffer())];
  }, url);
  return (await readPdf(Uint8Array.from(bytes))).text;
}
