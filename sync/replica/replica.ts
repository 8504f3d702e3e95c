import type { Answers } from '#model/answer';
import type { Case } from '#model/case';
import type { CaseEvent, CentralEvent, EventBody, EventStatus } from '#model/case-event';
import type { CaseStatus, Channel } from '#model/case-status';
import type { Language } from '#model/local-text';
import type { ReferenceItem } from '#model/reference';
import type { Service } from '#model/service';
import type { StaffMember } from '#model/staff';
import type { SyncReportAnswer } from '#protocol/sync-report';
import type { DiskRefusal, NotInName } from './ports.ts';
import type { SyncStatus } from './sync-status.ts';

export type Stop = () => void;

/** A case in the making: local, saved with every field, no event yet. Its id becomes the case's id. */
export type Draft = {
  id: string;
  serviceCode: string;
  serviceVersion: number;
  startedAt: number;
  changedAt: number;
  startedBy: string;
  channel: Channel;
  language: Language;
  /** Given once at the first F9 and kept, so that a crash between number and event burns none. */
  number: string | null;
  answers: Answers;
  /** Files are already on the station's disk. */
  documents: { id: string; item: string; sha256: string; bytes: number; mime: string; name: string }[];
};

/** Where a case or event is on its way, derived from the centre's receipts and from nothing else. */
export type Delivery =
  /** On this computer, safe; the centre has not confirmed all of it. */
  | {
      state: 'waiting';
      events: number;
      since: number /** Some of it is on the line now. */;
      sending: boolean;
    }
  | { state: 'sent' }
  /** The centre stored it and wants a person to look. */
  | { state: 'attention'; code: string }
  /** The centre stored it and did not apply it. */
  | { state: 'refused'; code: string };

export type CaseView = { case: Case; delivery: Delivery };

export type TimelineEntry = {
  event: CentralEvent | (CaseEvent & { seq: null; status: 'waiting' });
  /** `sending`: it is in what is on the line now, and waits like the others until the centre has confirmed it. */
  status: EventStatus | 'waiting' | 'sending';
};

export type CaseListQuery = {
  /** One status, `open` (all that are not closed), `overdue` (open and past due) or `all`. */
  filter: CaseStatus | 'open' | 'overdue' | 'all' | 'conflicts' | 'waiting';
  /** Only what is promised from a moment up to, without, another; all of them where it is left out. */
  due?: { from: number; below: number };
  sort: 'due' | 'newest';
  /** How many rows from the top; the list grows it as it is scrolled. */
  limit: number;
  now: number;
};

export type CaseList = { rows: readonly CaseView[]; total: number };

/** The centre would never take it, so it is not recorded here either: what was entered has to be changed. */
export type Unacceptable = { outcome: 'too-large' | 'invalid' };

export type RecordOutcome =
  | { outcome: 'saved'; event: { id: string; n: number } }
  | Unacceptable
  | NotInName
  | DiskRefusal;

export type OpenCaseOutcome =
  | { outcome: 'opened'; caseId: string; number: string }
  | Unacceptable
  | NotInName
  | DiskRefusal;

export type Found = {
  caseId: string;
  number: string;
  name: string;
  ground: 'number' | 'name' | 'pinfl' | 'phone';
};

/**
 * The local replica: everything a screen reads, and the only way to write.
 *
 * Every `watch*` calls back at once with what is here and again when it changes; it returns the way to
 * stop. Nothing here waits for the line.
 */
export interface Replica {
  readonly sync: {
    status(): SyncStatus;
    watch(listener: (status: SyncStatus) => void): Stop;
    /** Tries at once, whatever the backoff says. */
    now(): void;
    start(): void;
    stop(): void;
  };
  watchServices(listener: (services: readonly Service[]) => void): Stop;
  /** The version a draft or case was begun on, also when the catalogue has moved on. */
  findService(code: string, version: number): Promise<Service | null>;
  watchReference(listener: (items: readonly ReferenceItem[]) => void): Stop;
  watchStaff(listener: (staff: readonly StaffMember[]) => void): Stop;

  watchDrafts(listener: (drafts: readonly Draft[]) => void): Stop;
  findDraft(id: string): Promise<Draft | null>;
  /** Whole draft in, resolved when it is on the disk (strict). Calls for one id are applied in order. */
  saveDraft(draft: Draft): Promise<{ outcome: 'saved' } | DiskRefusal>;
  removeDraft(id: string): Promise<void>;

  /** Number given, event journalled, case seen, draft gone; may be called again after a crash at any point. */
  openCase(
    draft: Draft,
    details: {
      by: string;
      prefix: string;
      year: number;
      fee: Case['fee'];
      missing: string[];
      dueAt: number | null;
    },
  ): Promise<OpenCaseOutcome>;
  /** `confirmedBy`: the second person, where the service asks for four eyes. */
  record(caseId: string, by: string, change: EventBody, confirmedBy?: string): Promise<RecordOutcome>;
  /** What a crash left half done of cases that are opened is done in this name, as nobody was signed in at the start. */
  finishDrafts(by: string): Promise<void>;

  watchCase(caseId: string, listener: (view: CaseView | null) => void): Stop;
  watchTimeline(caseId: string, listener: (entries: readonly TimelineEntry[]) => void): Stop;
  watchCases(query: CaseListQuery, listener: (list: CaseList) => void): Stop;
  /** Number, name in any script, PINFL or phone; at most 20. */
  findCases(text: string): Promise<readonly Found[]>;

  /** From the centre when there is a line, else the last one kept here; `null` when there never was one. */
  syncReport(): Promise<{ report: SyncReportAnswer; fresh: boolean } | null>;

  /** A small value of this station that is no case data (a note being written). */
  readLocal(key: string): Promise<unknown>;
  writeLocal(key: string, value: unknown): Promise<void>;
  close(): Promise<void>;
}
