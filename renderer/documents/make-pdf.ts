import type { TDocumentDefinitions } from 'pdfmake/interfaces';

/** A font of ours as TTF bytes; both are embedded as subsets, so a PDF looks the same everywhere. */
export type Fonts = { regular: Uint8Array; bold: Uint8Array };

/** Lays a document out; needs no printer, no window and no line. */
export async function makePdf(
  definition: TDocumentDefinitions,
  fonts: Fonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: pdfMake } = await import('pdfmake/build/pdfmake');
  pdfMake.addVirtualFileSystem({
    'regular.ttf': toBase64(fonts.regular),
    'bold.ttf': toBase64(fonts.bold),
  });
  pdfMake.addFonts({ Noto: { normal: 'regular.ttf', bold: 'bold.ttf' } });
  const buffer = await pdfMake.createPdf({ defaultStyle: { font: 'Noto' }, ...definition }).getBuffer();
  return new Uint8Array(buffer);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
