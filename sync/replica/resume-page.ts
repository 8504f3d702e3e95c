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

/**
 * Pulls pages, and goes on within one that the line broke off.
 *
 * What had come whole is kept, the rest is asked for, and the two are given as the page that was asked for in
 * the first place: whoever proves it proves both.
 */
export function createResumePage(askPage: AskPage) {
  const parts = new Map<string, PagePart>();

  function keep(key: string, text: string): void {
    const [part, more] = [parts.get(key), readPagePart(text)];
    if (more !== null) parts.set(key, part?.epoch === more.epoch ? join(part, more) : more);
  }

  return async (ask: PullAsk, signal: AbortSignal): Promise<Answered<AnyPage>> => {
    const key = `${ask.collection} ${ask.since} ${ask.full ?? false}`;
    const part = parts.get(key);
    let text = '';
    const answer = await askPage({ ...ask, since: part?.cursor ?? ask.since }, signal, (it) => {
      text = it;
    });
    if (answer.outcome === 'offline') {
      keep(key, text);
      return answer;
    }
    // Used once: where the whole of it is wrong, the next asking is for the whole of it.
    parts.clear();
    return part === undefined || answer.outcome !== 'ok' ? answer : whole(ask.since, part, answer.answer);
  };
}

function whole(since: number, part: PagePart, page: AnyPage): Answered<AnyPage> {
  // The server was put back in between, and what was kept is of a time that is no more.
  if (page.epoch !== part.epoch) return { outcome: 'offline', reason: 'cut' };
  return { outcome: 'ok', answer: { ...page, since, docs: [...part.docs, ...page.docs] } as never };
}

function join(part: PagePart, more: PagePart): PagePart {
  return { ...more, docs: [...part.docs, ...more.docs] };
}
