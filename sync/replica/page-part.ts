/** What came of a page before the line broke; its documents are whole. */
export type PagePart = { epoch: string; cursor: number; docs: readonly { seq: number }[] };

const DOCS = '"docs":[';

/** Reads the whole documents out of the beginning of a page; `null` where there is not one. */
export function readPagePart(text: string): PagePart | null {
  const at = text.indexOf(DOCS);
  if (at < 0) return null;
  const start = at + DOCS.length;
  const end = findLastEnd(text, start);
  if (end === null) return null;
  try {
    const { epoch } = JSON.parse(`${text.slice(0, at)}"docs":[]}`) as { epoch?: unknown };
    const docs = JSON.parse(`[${text.slice(start, end)}]`) as { seq?: unknown }[];
    const cursor = docs.at(-1)?.seq;
    const isPage = typeof epoch === 'string' && typeof cursor === 'number';
    return isPage ? { epoch, cursor, docs: docs as { seq: number }[] } : null;
  } catch {
    return null;
  }
}

/** Behind the last document that is closed. */
function findLastEnd(text: string, start: number): number | null {
  let end: number | null = null;
  let depth = 0;
  let isInText = false;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\\') at += 1;
    else if (letter === '"') isInText = !isInText;
    else if (!isInText) {
      depth += depthOf(letter);
      if (depth < 0) return end;
      if (depth === 0 && letter === '}') end = at + 1;
    }
  }
  return end;
}

function depthOf(letter: string | undefined): number {
  if (letter === '{' || letter === '[') return 1;
  return letter === '}' || letter === ']' ? -1 : 0;
}
