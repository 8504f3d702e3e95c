import type { Collection } from '#protocol/collection';

type Ask<A> = (collection: Collection, since: number, signal: AbortSignal) => Promise<A>;

/** One page ahead of what is being written: line and disk work at the same time. */
export type ReadAhead<A> = {
  begin: (...of: Parameters<Ask<A>>) => void;
  /** The page that was begun, where it is this one; asked now where it is not. */
  take: Ask<A>;
  /** What was begun and not taken is of no use any more. */
  drop(): void;
};

export function createReadAhead<A>(ask: Ask<A>): ReadAhead<A> {
  let next: { collection: Collection; since: number; signal: AbortSignal; answer: Promise<A> } | null = null;
  return {
    begin(collection, since, signal) {
      const answer = ask(collection, since, signal);
      // Whoever takes it hears of it.
      answer.catch(() => undefined);
      next = { collection, since, signal, answer };
    },
    take(collection, since, signal) {
      const it = next;
      next = null;
      const isIt = it?.collection === collection && it.since === since && it.signal === signal;
      return isIt ? it.answer : ask(collection, since, signal);
    },
    drop() {
      next = null;
    },
  };
}
