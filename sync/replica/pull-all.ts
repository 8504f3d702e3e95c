import type { Case } from '#model/case';
import type { CaseEvent } from '#model/case-event';
import type { Answered, Central, Failure, PageEnd, PageOf } from '#protocol/central';
import type { Collection } from '#protocol/collection';
import type { EventsPage } from '#protocol/pull';
import type { ByteBudget } from './byte-budget.ts';
import { checkEvents, checkStates, toCaseRow, toDocRow } from './check-page.ts';
import { type Database, type PulledRows, tableOf } from './database.ts';
import { dropEventsAfter } from './drop-events.ts';
import type { Checkpoint, Damaged, openPullStream, PullStream, TurnOutcome } from './pull-stream.ts';
import { createReadAhead, type Place } from './read-ahead.ts';
import { mayBePacked, takeSnapshot } from './take-snapshot.ts';

export type PullOutcome = { outcome: 'at-head' } | Failure | Damaged | { outcome: 'disk-failed' };

export type Taken = {
  [C in Collection]: { collection: C; rows: readonly (PulledRows[C] & { _deleted?: boolean })[] };
}[Collection];

export type PullAll = {
  cursor(collection: Collection): Promise<number>;
  /** Page after page until there is no more. `next` is pulled after it: its first page is asked for ahead. */
  pull(collection: Collection, signal: AbortSignal, next?: Place | null): Promise<PullOutcome>;
  /** How far down it was read, with the chain of all that came before; beside the loop, so it begins nothing. */
  peek(collection: Collection): Checkpoint;
  /** Drops the copy; the next pull begins at the start. `false`: the disk does not let it go now. */
  forget(collection: Collection): Promise<boolean>;
  /** Drops the events after a point that is proved; the next pull goes on from there. */
  rewind(to: Checkpoint): Promise<boolean>;
  close(): Promise<void>;
};

export const PULL_ORDER: readonly Collection[] = ['reference', 'services', 'staff', 'events', 'cases'];

/** All pulling, one page at a time, driven from outside and by nothing else. */
export function createPullAll(options: {
  database: Database;
  openPullStream: typeof openPullStream;
  central: Central;
  device: string;
  budget: ByteBudget;
  now(): number;
  epoch(): string | null;
  bodies(numbers: readonly number[]): Promise<ReadonlyMap<number, CaseEvent>>;
  /** The centre has numbers of this device up to there: nothing of ours may be recorded under one of them. */
  goOnAfter(n: number): Promise<void>;
  /** The centre has another event of this device under a number of ours. */
  displaced(n: number): Promise<void>;
  /** Rows that are on the disk now. */
  taken(page: Taken): Promise<void>;
  /** Rows of a copy that is not whole yet, and may still be dropped. */
  filled(page: Taken): void;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  progress(at: { collection: Collection; cursor: number; head: number } | null): void;
}): PullAll {
  const { central, budget, database } = options;
  /** What is pulled when a collection is at its head. */
  let follows: { after: Collection; place: Place } | null = null;
  const streams = Object.fromEntries(
    PULL_ORDER.map((it) => [it, options.openPullStream(it, () => database.tables[tableOf(it)] as never)]),
  ) as unknown as { [C in Collection]: PullStream<PulledRows[C]> };

  async function request(
    { collection, since }: Place,
    signal: AbortSignal,
    { full = false, coming }: { full?: boolean; coming?: (next: Place) => void } = {},
  ): Promise<Answered<PageOf[Collection]>> {
    const startedAt = options.now();
    const bytes = budget.bytes();
    const ask = { collection, since, bytes, ...(full ? { full } : {}) };
    const answer = await central.pull(ask, signal, (end) => {
      const place = placeAfter({ collection, since }, end);
      if (place !== null) coming?.(place);
    });
    if (answer.outcome === 'ok') budget.took(options.now() - startedAt, answer.answer.more ? bytes : null);
    else if (answer.outcome === 'offline' || answer.outcome === 'refused') budget.halve(bytes);
    return answer;
  }
  const ahead = createReadAhead((place, signal, coming) => request(place, signal, { coming }));

  function placeAfter({ collection, since }: Place, { cursor, more }: PageEnd): Place | null {
    if (!more) return follows?.after === collection ? follows.place : null;
    return cursor > since ? { collection, since: cursor } : null;
  }

  async function ask<C extends Collection>(
    collection: C,
    since: number,
    signal: AbortSignal,
    full = false,
  ): Promise<Answered<PageOf[C]>> {
    const place = { collection, since };
    const asked = full ? request(place, signal, { full }) : ahead.take(place, signal);
    const answer = (await asked) as Answered<PageOf[C]>;
    if (answer.outcome !== 'ok') return answer;
    const next = placeAfter(place, answer.answer);
    if (next !== null) ahead.begin(next, signal);
    // Another epoch than hello's: the server was restored between the two.
    const isOther = answer.answer.epoch !== options.epoch();
    return isOther ? { outcome: 'refused', code: 'must-refetch', reason: 'epoch' } : answer;
  }

  async function takeEvents(at: Checkpoint, signal: AbortSignal): Promise<TurnOutcome<PulledRows['events']>> {
    const answer = await ask('events', at.seq, signal);
    if (answer.outcome !== 'ok') return answer;
    const bodies = await bodiesFor(answer.answer);
    const joined = checkEvents(answer.answer, at, bodies);
    if (joined.outcome === 'page') {
      // What stands in for an event of ours comes whole, and may stand under the number of one that it is not.
      await tellDisplaced(joined.rows, bodies);
      return joined;
    }
    // Our body is not here, or is not what the centre stored: ask for the whole of it.
    const full = await ask('events', at.seq, signal, true);
    if (full.outcome !== 'ok') return full;
    const whole = checkEvents(full.answer, at, new Map());
    if (whole.outcome === 'needs-bodies') return { outcome: 'damaged', reason: 'order' };
    // The stream may have grown between the two.
    if (whole.outcome === 'page') await tellDisplaced(whole.rows, await bodiesFor(full.answer));
    return whole;
  }

  /** What is recorded before this is compared with the page; what is recorded later has a number past it. */
  async function bodiesFor({ docs }: EventsPage): Promise<ReadonlyMap<number, CaseEvent>> {
    const own = docs.flatMap((it) => (it.device === options.device ? [it.n] : []));
    await goOnAfterAll(own);
    return options.bodies(own);
  }

  async function goOnAfterAll(numbers: readonly number[]): Promise<void> {
    const last = Math.max(0, ...numbers);
    if (last > 0) await options.goOnAfter(last);
  }

  /** A case that says a number is in it hides what is recorded here under that number. */
  function goOnAfterApplied(all: readonly { doc: object }[]): Promise<void> {
    return goOnAfterAll(all.map((it) => appliedOf(it.doc)));
  }

  function appliedOf(doc: object): number {
    const applied = (doc as Partial<Case>).applied?.[options.device];
    return typeof applied === 'number' ? applied : 0;
  }

  async function tellDisplaced(
    rows: readonly PulledRows['events'][],
    bodies: ReadonlyMap<number, CaseEvent>,
  ): Promise<void> {
    const other = rows.filter(({ device, n, event }) => {
      const ours = device === options.device ? bodies.get(n) : undefined;
      return ours !== undefined && ours.id !== (event as Partial<CaseEvent>).id;
    });
    if (other.length > 0) await options.displaced(Math.max(...other.map((it) => it.n)));
  }

  async function takeStates<C extends Exclude<Collection, 'events'>>(
    collection: C,
    at: Checkpoint,
    signal: AbortSignal,
  ): Promise<TurnOutcome<PulledRows[C]>> {
    const answer = await ask(collection, at.seq, signal);
    if (answer.outcome !== 'ok') return answer;
    if (collection === 'cases') await goOnAfterApplied(answer.answer.docs);
    const toRow = collection === 'cases' ? toCaseRow : toDocRow(collection);
    return checkStates(answer.answer, at, toRow as never);
  }

  async function take(collection: Collection, at: Checkpoint, signal: AbortSignal) {
    try {
      const taken = collection === 'events' ? takeEvents(at, signal) : takeStates(collection, at, signal);
      return (await taken) as TurnOutcome<never>;
    } catch {
      // RxDB would try again by its own clock. What breaks us here is an answer of no shape we know.
      return { outcome: 'not-central', reason: 'unreadable' } as const;
    }
  }

  /** What a stream has packed, into a table that has nothing; pages go on from there. */
  async function takePacked(collection: Collection, signal: AbortSignal): Promise<PullOutcome> {
    let own: readonly PulledRows['events'][] = [];
    const packed = await takeSnapshot(
      {
        central,
        database,
        epoch: options.epoch,
        async forget() {
          // It is open again before there is anything in the table: what it finds there it looks through.
          return (await forget(collection)) && (await streams[collection].checkpoint()).seq === 0;
        },
        sleep: options.sleep,
        progress: (cursor, head) => options.progress({ collection, cursor, head }),
        async filled(_, rows) {
          if (collection === 'events') own = [...own, ...(await findOwn(rows))];
          else await goOnAfterApplied(rows);
          options.filled({ collection, rows } as Taken);
        },
      },
      collection,
      signal,
    );
    if (packed.outcome === 'none') return { outcome: 'at-head' };
    if (packed.outcome !== 'page') return packed;
    const stream = streams[collection] as PullStream<never>;
    // As a page does it: before who reads the rows can record something under a number that they have.
    if (collection === 'events') await goOnAfterAll(ownNumbers(packed.rows));
    else await goOnAfterApplied(packed.rows);
    const written = await stream.turn(async () => packed);
    database.filled(collection as never);
    if (written.outcome !== 'page') return written;
    if (collection === 'events') await findOwn(packed.rows);
    await options.taken({ collection, rows: [...own, ...packed.rows] } as Taken);
    await central.snapshots?.drop({ collection: collection as never, sha256: packed.sha256 });
    return { outcome: 'at-head' };
  }

  /** Ours among them; what the centre has under a number of ours and is not ours is told of. */
  async function findOwn(rows: readonly PulledRows['events'][]): Promise<PulledRows['events'][]> {
    const own = rows.filter((it) => it.device === options.device);
    const numbers = ownNumbers(rows);
    await goOnAfterAll(numbers);
    if (own.length > 0) await tellDisplaced(own, await options.bodies(numbers));
    return own;
  }

  function ownNumbers(rows: readonly PulledRows['events'][]): number[] {
    return rows.flatMap((it) => (it.device === options.device ? [it.n] : []));
  }

  async function forget(collection: Collection): Promise<boolean> {
    try {
      await streams[collection].forget();
      await database.empty(collection);
      return true;
    } catch {
      return false;
    }
  }

  async function takePage(collection: Collection, signal: AbortSignal) {
    const stream = streams[collection] as PullStream<never>;
    const page = await stream.turn((at) => take(collection, at, signal));
    if (page.outcome !== 'page') return page;
    if (page.rows.length > 0) await options.taken({ collection, rows: page.rows });
    options.progress(page.more ? { collection, cursor: page.checkpoint.seq, head: page.head } : null);
    return page;
  }

  return {
    peek: (collection) => streams[collection].peek(),
    cursor: async (collection) => (await streams[collection].checkpoint()).seq,
    async pull(collection, signal, next = null) {
      // What comes packed is not asked for by pages ahead.
      const isPage = next !== null && (next.since > 0 || !mayBePacked(central, next.collection));
      follows = isPage ? { after: collection, place: next } : null;
      if (mayBePacked(central, collection) && (await streams[collection].checkpoint()).seq === 0) {
        const packed = await takePacked(collection, signal);
        if (packed.outcome !== 'at-head') return packed;
      }
      while (!signal.aborted) {
        const page = await takePage(collection, signal);
        if (page.outcome === 'page' && page.more) continue;
        if (page.outcome === 'page') return { outcome: 'at-head' };
        // Begun in a round that failed: by the next one it may be out of date.
        ahead.drop();
        return page;
      }
      return { outcome: 'offline', reason: 'cut' };
    },
    forget,
    async rewind(to) {
      try {
        await streams.events.forget(to);
        await dropEventsAfter(database, to.seq);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await Promise.all(PULL_ORDER.map((it) => streams[it].close()));
    },
  };
}
