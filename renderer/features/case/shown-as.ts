import { toSafeFileName } from '#model/safe-file-name';

/** Pictures of points alone: what can hold a script, SVG and PDF before all, is never opened on our own origin. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

type Paper = { name: string; mime: string };

/** How a paper is given to whoever asks for it: as a picture on the screen, or as a file that nothing here opens. */
export function shownAs({ name, mime }: Paper): { kind: 'picture' | 'file'; type: string; name: string } {
  if (PICTURES.has(mime)) return { kind: 'picture', type: mime, name };
  return { kind: 'file', type: 'application/octet-stream', name: toSafeFileName(name, mime) };
}
