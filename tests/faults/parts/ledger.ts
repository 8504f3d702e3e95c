import type { Acknowledged, Look } from '../page/desk-at-work.ts';

export type Verdict = { acknowledged: number; lost: number; doubled: number; stuck: number };

/** Every save that was answered, and what became of it. */
export type Ledger = {
  told(it: Acknowledged): void;
  /** While it does not listen nothing counts as answered: the power is gone, and the computer still runs. */
  listen(isOn: boolean): void;
  /** Saves answered since the last call. */
  count(): number;
  /** Drafts that are not there: gone, or cases before that was answered. */
  missingDrafts(look: Look): string[];
  /** What a look at the desk misses, or finds twice; names for people who read logs. */
  faultsOf(look: Look): { lost: string[]; doubled: string[] };
  caseIds(): string[];
  /** Cases of which something was answered since the last call. */
  recentCaseIds(): string[];
  cases(): ReadonlyMap<string, string>;
  eventIds(): string[];
};

export function createLedger(): Ledger {
  const drafts = new Map<string, number>();
  const cases = new Map<string, string>();
  const events = new Map<string, string>();
  let recent = new Set<string>();
  let counted = 0;
  let isListening = true;

  function faultsOfCase(found: Look['cases'][number]): string[] {
    const wanted = [...events].filter(([, caseId]) => caseId === found.id).map(([id]) => id);
    const lost = wanted.filter((id) => !found.events.includes(id)).map((id) => `event ${id}`);
    if (cases.has(found.id) && found.number !== cases.get(found.id)) lost.push(`case ${found.id}`);
    return lost;
  }

  return {
    listen(isOn) {
      isListening = isOn;
    },
    told(it) {
      if (!isListening) return;
      counted += 1;
      if (it.kind === 'draft') drafts.set(it.id, it.changedAt);
      else if (it.kind === 'event') {
        events.set(it.id, it.caseId);
        recent.add(it.caseId);
      } else {
        cases.set(it.id, it.number);
        recent.add(it.id);
      }
    },
    count() {
      const since = counted;
      counted = 0;
      return since;
    },
    missingDrafts(look) {
      const held = new Map(look.drafts.map((it) => [it.id, it.changedAt]));
      return [...drafts].flatMap(([id, changedAt]) =>
        !cases.has(id) && (held.get(id) ?? 0) < changedAt ? [id] : [],
      );
    },
    faultsOf(look) {
      const held = new Set(look.drafts.map((it) => it.id));
      const became = new Set(look.cases.flatMap((it) => (it.number === null ? [] : [it.id])));
      const gone = this.missingDrafts(look).filter((id) => !became.has(id));
      // Looked at once: it is a case, and counts as nothing else.
      for (const id of became) drafts.delete(id);
      for (const id of gone) drafts.delete(id);
      return {
        lost: [...gone.map((id) => `draft ${id}`), ...look.cases.flatMap(faultsOfCase)],
        doubled: [...cases.keys()].filter((id) => held.has(id)).map((id) => `draft of case ${id}`),
      };
    },
    caseIds: () => [...new Set([...cases.keys(), ...events.values()])],
    recentCaseIds() {
      const ids = [...recent];
      recent = new Set();
      return ids;
    },
    cases: () => cases,
    eventIds: () => [...events.keys()],
  };
}
