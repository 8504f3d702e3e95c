import type { Case } from '#model/case';
import { type CaseEvent, isKnownType } from '#model/case-event';
import { type projectCase as ProjectCase, projectCase } from '#model/project-case';
import type { PushResult } from '#protocol/push';

export type PendingEvent = { event: CaseEvent; bytes: number; receipt: PushResult | null };
/** A case as this desk sees it: the centre's copy with our own later events laid over it. */
export type PendingCase = { case: Case | null; entries: readonly PendingEvent[]; hasBase: boolean };

type Context = Parameters<typeof ProjectCase>[2];
type Slot = {
  entries: PendingEvent[];
  base: Case | null;
  /** It counts and is shown, with its base if the disk gave one. */
  isLoaded: boolean;
  isBaseKnown: boolean;
  view: Case | null;
};

export type PendingCases = {
  /**
   * Seen when it resolves; the journal has it already. Adding one event twice changes nothing.
   *
   * Never rejects: a copy that the disk does not give now is asked for again with the next event.
   */
  add(event: CaseEvent, bytes: number): Promise<void>;
  /** The centre's copy came: what it includes is done with. Call only when it is on the disk. */
  rebase(caseId: string, base: Case | null): void;
  /** They stand in the journal under other numbers now. */
  withdraw(numbers: readonly number[]): void;
  /** What the centre made of our events. */
  receive(results: readonly PushResult[]): void;
  /** Everything up to `n` was judged by the centre: what it did not apply has no other effect. */
  settle(n: number): void;
  /** The catalogue changed, and with it the rules by which edits are joined. */
  project(): void;
  /** The centre's copies are gone; ours must stand alone until they are back. */
  forgetBases(): void;
  find(caseId: string): PendingCase | undefined;
  /** Our events by number, to be joined with acknowledgements that come back without a body. */
  bodies(): ReadonlyMap<number, CaseEvent>;
  /** A picture of now that later changes do not touch. */
  all(): ReadonlyMap<string, PendingCase>;
};

export function createPendingCases(options: {
  device: string;
  readCase(caseId: string): Promise<Case | null>;
  contextOf(event: CaseEvent, state: Case | null): Context;
}): PendingCases {
  const slots = new Map<string, Slot>();

  function update(caseId: string, slot: Slot): void {
    const applied = slot.base?.applied[options.device] ?? 0;
    slot.entries = slot.entries.filter((it) => it.event.n > applied);
    if (slot.entries.length === 0) slots.delete(caseId);
    else slot.view = slot.entries.reduce(apply, slot.base);
  }

  function apply(state: Case | null, entry: PendingEvent): Case | null {
    // A case that the centre refused stays on this desk: what the clerk typed is not thrown away.
    const isKept = state === null && entry.event.type === 'case.opened';
    if (isRejected(entry) && !isKept) return state;
    // A newer program recorded it on this computer: it is sent, and seen when the centre's copy has it.
    if (!isKnownType(entry.event.type)) return state;
    return projectCase(state, entry.event, options.contextOf(entry.event, state)).case;
  }

  async function readBase(caseId: string, slot: Slot): Promise<void> {
    const read = await options.readCase(caseId).catch(() => undefined);
    // A newer copy may have been pulled while we read.
    if (!slot.isBaseKnown && read !== undefined) {
      slot.base = read;
      slot.isBaseKnown = true;
    }
    slot.isLoaded = true;
  }

  function has(slot: Slot | undefined, event: CaseEvent): boolean {
    return slot?.entries.some((it) => it.event.n === event.n) ?? false;
  }

  return {
    async add(event, bytes) {
      const known = slots.get(event.caseId);
      if (has(known, event)) return;
      const slot = known ?? { entries: [], base: null, isLoaded: false, isBaseKnown: false, view: null };
      slots.set(event.caseId, slot);
      slot.entries = [...slot.entries, { event, bytes, receipt: null }].sort((a, b) => a.event.n - b.event.n);
      if (!slot.isBaseKnown) await readBase(event.caseId, slot);
      if (slots.get(event.caseId) === slot) update(event.caseId, slot);
    },
    rebase(caseId, base) {
      const slot = slots.get(caseId);
      if (slot === undefined) return;
      slot.base = base;
      slot.isLoaded = true;
      slot.isBaseKnown = true;
      update(caseId, slot);
    },
    withdraw(numbers) {
      for (const [caseId, slot] of slots) {
        slot.entries = slot.entries.filter((it) => !numbers.includes(it.event.n));
        if (slot.isLoaded) update(caseId, slot);
      }
    },
    receive(results) {
      const byNumber = new Map(results.map((it) => [it.n, it]));
      for (const [caseId, slot] of slots) {
        slot.entries = slot.entries.map((it) => ({
          ...it,
          receipt: byNumber.get(it.event.n) ?? it.receipt,
        }));
        if (slot.isLoaded) update(caseId, slot);
      }
    },
    settle(n) {
      for (const [caseId, slot] of slots) {
        // What it took goes when its copy includes it, and no earlier: that one may be still to come.
        slot.entries = slot.entries.filter((it) => it.event.n > n || !isRejected(it) || isStranded(slot, it));
        if (slot.isLoaded) update(caseId, slot);
      }
    },
    project() {
      for (const [caseId, slot] of slots) if (slot.isLoaded) update(caseId, slot);
    },
    forgetBases() {
      for (const [caseId, slot] of slots) {
        slot.base = null;
        update(caseId, slot);
      }
    },
    find(caseId) {
      const slot = slots.get(caseId);
      return slot?.isLoaded ? toPendingCase(slot) : undefined;
    },
    bodies() {
      return new Map([...slots.values()].flatMap((it) => it.entries).map((it) => [it.event.n, it.event]));
    },
    all() {
      return new Map(
        [...slots].filter(([, it]) => it.isLoaded).map(([caseId, slot]) => [caseId, toPendingCase(slot)]),
      );
    },
  };
}

function toPendingCase(slot: Slot): PendingCase {
  return { case: slot.view, entries: slot.entries, hasBase: slot.base !== null };
}

function isRejected({ receipt }: PendingEvent): boolean {
  return receipt?.status === 'rejected';
}

function isStranded(slot: Slot, entry: PendingEvent): boolean {
  return slot.base === null && isRejected(entry) && entry.event.type === 'case.opened';
}
