import type { PageEnd } from '#protocol/central';

const BEGINNING = /^\{[^[\]]*"cursor":(\d+)[^[\]]*"more":(true|false)[^[\]]*"docs":/;
const LONGEST = 1_000;

/** Is told the text of a page as far as it has come, and tells once, with its beginning, how it ends. */
export function createPageBeginning(tell: (end: PageEnd) => void): (text: string) => void {
  let isOver = false;
  return (text) => {
    if (isOver) return;
    const [, cursor, more] = BEGINNING.exec(text.slice(0, LONGEST)) ?? [];
    isOver = cursor !== undefined || text.length >= LONGEST;
    if (cursor !== undefined) tell({ cursor: Number(cursor), more: more === 'true' });
  };
}
