import type { Central } from '#protocol/central';

/** The disk did not take it; nothing earlier is lost. */
export type DiskRefusal = { outcome: 'disk-full' } | { outcome: 'disk-failed'; code: string };

/** Not in the journal: nobody of that name is signed in here, or the second person has not said yes. */
export type NotInName = { outcome: 'not-signed-in' | 'not-confirmed' };

export type JournalRecord = { n: number; payload: string };

/** What the station keeps for us: append-only and fsynced before it answers. */
export interface Journal {
  /** `again`: the same record is there under that number, whoever's it is. */
  append(payload: string, again?: number): Promise<{ outcome: 'saved'; n: number } | NotInName | DiskRefusal>;
  read(from: number, maxBytes: number): Promise<readonly JournalRecord[]>;
  /** The centre has them, and what is older may go; numbers up to there are used up. */
  acknowledge(upTo: number): Promise<void>;
  /** Numbers up to there are used up, given here or not; nothing goes. */
  goOnAfter(n: number): Promise<void>;
  /** The desk's signature of records `from` to `to`, `others` for those that the journal has lost; `null`: it has no key. */
  sign?(stretch: {
    from: number;
    to: number;
    others: { n: number; payload: string }[];
  }): Promise<string | null>;
  state(): Promise<{
    first: number;
    last: number;
    acknowledged: number;
    unsentBytes: number;
    freeDiskBytes: number | null;
  }>;
}

/** Files on the station's disk: put there by the screen, sent from there once they are queued. */
export interface FileOutbox {
  queue(sha256: string): Promise<{ outcome: 'queued' } | DiskRefusal>;
  /** The epoch of the centre: what it had in another and may have lost is asked for, and sent where it is missing. */
  centreIs(epoch: string): Promise<{ outcome: 'noted' } | DiskRefusal>;
  /** Takes it off the disk, unless it was ever queued. */
  discard(sha256: string): Promise<{ outcome: 'discarded' | 'needed' } | DiskRefusal>;
  waiting(): Promise<{ count: number; bytes: number }>;
  /** A piece at a time, so that what is more urgent need not wait for a whole file. */
  send(): Promise<
    | { outcome: 'sent'; sha256: string }
    | { outcome: 'progress'; sha256: string }
    | { outcome: 'none-waiting' }
    | { outcome: 'offline' }
    | { outcome: 'refused'; sha256: string; code: string }
  >;
}

/** Drafts on the station's disk: the window's own database can be gone at any start. */
export interface KeptDrafts {
  /** `null` takes it away. */
  write(id: string, text: string | null): Promise<{ outcome: 'saved' } | DiskRefusal>;
  all(): Promise<readonly string[]>;
}

/** Everything the replica needs from outside; tests give small real ones. */
export interface ReplicaPorts {
  journal: Journal;
  files: FileOutbox;
  central: Central;
  keptDrafts?: KeptDrafts;
  /** Never gives a value twice, also not after a crash. */
  nextCount(name: string): Promise<{ outcome: 'given'; value: number } | DiskRefusal>;
  now(): number;
  /** 0 ≤ x < 1; for jitter only. */
  random(): number;
}

export type ReplicaIdentity = { device: string; centreId: number; desk: string; deskNumber: number };
