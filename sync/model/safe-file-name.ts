/** What a paper may be saved as, by what it says it is. */
const ENDINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['application/pdf', ['pdf']],
  ['image/png', ['png']],
  ['image/jpeg', ['jpg', 'jpeg']],
  ['image/webp', ['webp']],
  ['image/gif', ['gif']],
  ['image/tiff', ['tif', 'tiff']],
]);
const LONGEST = 80;
/** Names by which Windows calls devices, whatever ending follows. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name under which a paper that somebody else gave may lie in a folder: no path, no direction marks that show
 * `fdp.exe` as `exe.pdf`, and an ending that opens it as what it says it is or, of any other kind, as nothing.
 */
export function toSafeFileName(name: string, mime: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const dot = plain.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot + 1).toLowerCase()] : [plain, ''];
  const allowed = ENDINGS.get(mime.toLowerCase()) ?? ['bin'];
  const isFitting = allowed.includes(ending);
  const kept = [...(isFitting ? stem : plain)].slice(0, LONGEST).join('') || 'file';
  return `${DEVICES.test(kept) ? '_' : ''}${kept}.${isFitting ? ending : allowed[0]}`;
}
