const LOAD_MS = 15_000;
const FORGET_MS = 5 * 60_000;
const printed = new Set<() => void>();

/** Nothing of what was printed stays in the page. */
export function forgetPrinted(): void {
  for (const forget of printed) forget();
}

/**
 * Opens the print dialog for the PDF, without leaving the screen; rejects where the PDF cannot be shown.
 *
 * Whether a sheet came out, or the dialog was closed again, no browser tells.
 */
export async function printPdf(pdf: Uint8Array<ArrayBuffer>): Promise<void> {
  const url = URL.createObjectURL(new Blob([pdf], { type: 'application/pdf' }));
  const frame = document.createElement('iframe');
  // Rendered though not seen: a viewer need not come up in a frame of `display: none`.
  frame.style.cssText =
    'position: fixed; top: 0; left: 0; width: 0; height: 0; border: 0; visibility: hidden';
  frame.src = url;
  const forget = (): void => {
    printed.delete(forget);
    frame.remove();
    URL.revokeObjectURL(url);
  };
  printed.add(forget);
  try {
    await loaded(frame);
    frame.contentWindow?.print();
  } catch (error) {
    forget();
    throw error;
  }
  // The dialog reads from the frame as long as it is open.
  setTimeout(forget, FORGET_MS);
}

function loaded(frame: HTMLIFrameElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no viewer has loaded the PDF')), LOAD_MS);
    frame.addEventListener('load', () => {
      clearTimeout(late);
      resolve();
    });
    document.body.append(frame);
  });
}
