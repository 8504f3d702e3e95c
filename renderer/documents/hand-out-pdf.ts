/** Offers the PDF as a file of that name. */
export function savePdf(pdf: Uint8Array<ArrayBuffer>, fileName: string): void {
  const url = toUrl(pdf);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), FORGET_MS);
}

/** Opens the print dialog for the PDF, without leaving the screen. */
export function printPdf(pdf: Uint8Array<ArrayBuffer>): void {
  const url = toUrl(pdf);
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = url;
  frame.addEventListener('load', () => {
    frame.contentWindow?.focus();
    frame.contentWindow?.print();
  });
  document.body.append(frame);
  setTimeout(() => {
    frame.remove();
    URL.revokeObjectURL(url);
  }, FORGET_MS);
}

const FORGET_MS = 5 * 60_000;

function toUrl(pdf: Uint8Array<ArrayBuffer>): string {
  return URL.createObjectURL(new Blob([pdf], { type: 'application/pdf' }));
}
