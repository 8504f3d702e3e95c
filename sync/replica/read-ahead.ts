import type { Collection } from '#protocol/collection';

/** Where a page begins. */
export type Place = { collection: Collection; since: number };
/** Asks for a page; `coming` may be told, before its answer is whole, where the next one begins. */
type Ask<A> = (place: Place, signal: AbortSignal, coming: (next: Place) => void) => Promise<A>;
type Asked<A> = { place: Place; signal: AbortSignal; next: Place | null; answer: Promise<A> };

/**
 * One page ahead of what is being taken in: line and disk work at the same time, and the line does not rest
 * between two pages.
 */
export type ReadAhead<A> = {
  /** Asks for a page that will be taken; once. */
  begin(place: Place, signal: AbortSignal): void;
  /** The page that was begun, where it is this one; asked now where it is not. */
  take(place: Place, signal: AbortSignal): Promise<A>;
  /** What was begun and not taken is of no use any more. */
  drop(): void;
};

export function createReadAhead<A>(ask: Ask<A>): ReadAhead<A> {
  let ahead: Asked<A> | null = null;
  let taken: Asked<A> | null = null;

  function start(place: Place, signal: AbortSignal): Asked<A> {
    const it: Asked<A> = { place, signal, next: null, answer: Promise.resolve(null as never) };
    it.answer = ask(place, signal, (next) => {
      it.next = next;
      // Behind a page that nobody has taken yet none is asked for: they would pile up before a slow disk.
      if (it === taken) begin(next, signal);
    });
    // Whoever takes it hears of it.
    it.answer.catch(() => undefined);
    return it;
  }

  function begin(place: Place, signal: AbortSignal): void {
    if (!isOf(ahead, place, signal)) ahead = start(place, signal);
  }

  return {
    begin,
    take(place, signal) {
      const it = ahead !== null && isOf(ahead, place, signal) ? ahead : start(place, signal);
      ahead = null;
      taken = it;
      if (it.next !== null) begin(it.next, signal);
      return it.answer;
    },
    drop() {
      ahead = null;
      taken = null;
    },
  };
}

function isOf(it: Asked<unknown> | null, { collection, since }: Place, signal: AbortSignal): boolean {
  return it?.place.collection === collection && it.place.since === since && it.signal === signal;
}
