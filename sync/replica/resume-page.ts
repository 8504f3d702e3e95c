import type { Answered, Central, PageOf } from '#protocol/central';
import type { Collection } from '#protocol/collection';
import { type PagePart, readPagePart } from './page-part.ts';

type PullAsk = Parameters<Central['pull']>[0];
type AnyPage = PageOf[Collection];
/** Asks for one page; `heard` is called with the text of its answer as far as it has come. */
export type AskPage = (
  ask: PullAsk,
  signal: AbortSignal,
  heard: (text: string) => void,
) => Promise<Answered<AnyPage>>;

/** What came of a page behind `since`. */
type Kept = { of: Pick<PullAsk, 'collection' | 'full'>; since: number; part: PagePart };

/**
 * Pulls pages, and goes on within one that the line broke off.
 *
 * What had come whole is kept, the rest is asked for, and the two are given as the page that was asked for in
 * the first place: whoever proves it proves both. The page that was asked ahead of it may be broken off as well,
 * and is kept beside it; where the first now ends within it, the rest of it serves.
 */
export function createResumePage(askPage: AskPage) {
  let kept: Kept[] = [];

  function find(ask: PullAsk): Kept | undefined {
    return kept.find((it) => isOf(it, ask) && it.since <= ask.since && ask.since < it.part.cursor);
  }

  return async (ask: PullAsk, signal: AbortSignal, heard?: (text: string) => void) => {
    const found = find(ask);
    const part = found === undefined ? null : behind(found.part, ask.since);
    let text = '';
    const answer = await askPage({ ...ask, since: part?.cursor ?? ask.since }, signal, (it) => {
      text = it;
      heard?.(it);
    });
    if (answer.outcome === 'offline') {
      const more = readPagePart(text);
      if (more !== null) kept = [...kept.filter((it) => it !== found), toKept(ask, part, more)];
      return answer;
    }
    // Used once: where the whole of it is wrong, the next asking is for the whole of it.
    const end = answer.outcome === 'ok' ? answer.answer.cursor : Number.POSITIVE_INFINITY;
    kept = kept.filter((it) => it !== found && !(isOf(it, ask) && it.part.cursor <= end));
    return part === null || answer.outcome !== 'ok' ? answer : whole(ask.since, part, answer.answer);
  };
}

function isOf({ of }: Kept, { collection, full = false }: PullAsk): boolean {
  return of.collection === collection && (of.full ?? false) === full;
}

function toKept(ask: PullAsk, part: PagePart | null, more: PagePart): Kept {
  if (part === null) return { of: ask, since: ask.since, part: more };
  if (part.epoch !== more.epoch) return { of: ask, since: part.cursor, part: more };
  return { of: ask, since: ask.since, part: { ...more, docs: [...part.docs, ...more.docs] } };
}

function behind(part: PagePart, since: number): PagePart {
  return { ...part, docs: part.docs.filter((it) => it.seq > since) };
}

function whole(since: number, part: PagePart, page: AnyPage): Answered<AnyPage> {
  // The server was put back in between, and what was kept is of a time that is no more.
  if (page.epoch !== part.epoch) return { outcome: 'offline', reason: 'cut' };
  return { outcome: 'ok', answer: { ...page, since, docs: [...part.docs, ...page.docs] } as never };
}
