import type { Collection, Heads } from './collection.ts';
import type { ErrorCode, RefetchReason } from './error.ts';
import type { HelloAnswer, HelloAsk } from './hello.ts';
import type { OfferAnswer, OfferAsk } from './offer.ts';
import type { CasesPage, EventsPage, ReferencePage, ServicesPage, StaffPage } from './pull.ts';
import type { PushAnswer, PushAsk } from './push.ts';
import type { SnapshotAnswer, SnapshotCollection } from './snapshot.ts';
import type { SyncReportAnswer } from './sync-report.ts';
import type { VerifyAnswer, VerifyAsk } from './verify.ts';

/** Why nothing came of a request. Every one is an outcome, none is an exception. */
export type Failure =
  /** No line, or it fell silent; nothing is known of what the centre did. */
  | { outcome: 'offline'; reason: 'no-line' | 'stalled' | 'cut' }
  /** Something answered that is not our server: a captive portal, a proxy, half an answer. */
  | { outcome: 'not-central'; reason: 'html' | 'unreadable' }
  /** The server is there and said no. `retryAfterMs` where it asked for patience. */
  | {
      outcome: 'refused';
      code: ErrorCode;
      expected?: number;
      retryAfterMs?: number;
      /** Of `must-refetch`. */
      reason?: RefetchReason;
    };

export type Answered<T> = { outcome: 'ok'; answer: T } | Failure;

export type PageOf = {
  events: EventsPage;
  cases: CasesPage;
  services: ServicesPage;
  reference: ReferencePage;
  staff: StaffPage;
};

/** How a page ends, as it says itself before its documents come. */
export type PageEnd = { cursor: number; more: boolean };

/** A document of a stream as it came, whatever its shape. */
export type StreamDoc = { seq: number };

/** Packed copies of the long streams. */
export type CentralSnapshots = {
  newest(collection: SnapshotCollection, signal: AbortSignal): Promise<Answered<SnapshotAnswer>>;
  /**
   * Its documents in their order, some at a time; more come when `take` has resolved, and none after `false`.
   *
   * `loaded` hears how many of its bytes are at the station, while it is on its way there.
   */
  read(
    of: { collection: SnapshotCollection; sha256: string },
    to: { loaded(bytes: number): void; take(docs: readonly StreamDoc[]): Promise<boolean> },
    signal: AbortSignal,
  ): Promise<Answered<null>>;
  /** It is in our tables, and need not lie at the station any longer. */
  drop(of: { collection: SnapshotCollection; sha256: string }): Promise<void>;
};

/** The central server, as a station sees it. */
export interface Central {
  hello(ask: HelloAsk, signal: AbortSignal): Promise<Answered<HelloAnswer>>;
  push(ask: PushAsk, signal: AbortSignal): Promise<Answered<PushAnswer>>;
  /**
   * One page after `since`, of about `bytes` bytes of JSON before compression.
   *
   * `begun` may be told, while the page is still coming, how it ends, so that the next one can be asked for.
   */
  pull<C extends Collection>(
    ask: { collection: C; since: number; bytes: number; full?: boolean },
    signal: AbortSignal,
    begun?: (end: PageEnd) => void,
  ): Promise<Answered<PageOf[C]>>;
  /** Events that a server restored from an older copy has lost. */
  offer(ask: OfferAsk, signal: AbortSignal): Promise<Answered<OfferAnswer>>;
  /** Whether a copy is what the centre has; one that does not compare leaves it to the copy's own proof. */
  verify?(ask: VerifyAsk, signal: AbortSignal): Promise<Answered<VerifyAnswer>>;
  /** When the last byte of an answer came, where it is known: a long page is no silence. */
  heardAt?(): number;
  syncReport(signal: AbortSignal): Promise<Answered<SyncReportAnswer>>;
  /** Without them, and without one of a stream, everything comes in pages. */
  snapshots?: CentralSnapshots;
  /**
   * Listens until the channel ends, and says why it did. `heard` gets the heads at once and when they move.
   *
   * A central that has none is asked from time to time, and that is enough.
   */
  poke?(heard: (heads: Heads) => void, signal: AbortSignal): Promise<Failure>;
}
