import { Case } from '#model/case';
import type { CaseEvent, EventStatus } from '#model/case-event';
import { ruleOf } from '#model/field-rules';
import { clampHlc } from '#model/hybrid-clock';
import { projectCase } from '#model/project-case';
import type { Service } from '#model/service';
import { type Services, serviceIdOf } from './known-services.ts';

export type Verdict = { status: EventStatus; code?: string };

export type CaseFold = {
  /** The service of the case that an event is about, or is to open. */
  serviceOf(event: CaseEvent): Service | null;
  /** Applies an event to its case, in stream order. */
  apply(event: CaseEvent): Verdict;
  /** Those that are no longer what they were. */
  changed(): Case[];
};

export type FoldParts = {
  centreId: number;
  /** Those that the events touch, read under the lock of the event stream, which is also theirs. */
  cases: ReadonlyMap<string, Case>;
  services: Services;
  now: number;
  /** Looks at a case after each event, and rejects the one that broke it. */
  isWary: boolean;
};

/** Folds events into their cases. */
export function openCaseFold({ centreId, cases, services, now, isWary }: FoldParts): CaseFold {
  const changed = new Map<string, Case>();
  const stateOf = (event: CaseEvent): Case | null =>
    changed.get(event.caseId) ?? cases.get(event.caseId) ?? null;

  return {
    serviceOf: (event) => services.get(serviceIdOf(event, stateOf(event))) ?? null,
    changed: () => [...changed.values()],
    apply: (event) => {
      const state = stateOf(event);
      const service = state === null ? null : (services.get(serviceIdOf(event, state)) ?? null);
      const told = { ...event, hlc: clampHlc(event.hlc, now) };
      const result = tryProject(state, told, { centreId, service, isWary });
      if (result.case !== null && result.case !== state) changed.set(event.caseId, result.case);
      return result.code === undefined
        ? { status: result.status }
        : { status: result.status, code: result.code };
    },
  };
}

/** A case that breaks its own schema would stop the pull of every desk. */
export function isSound(it: Case): boolean {
  return Case.safeParse(it).success;
}

type Projected = ReturnType<typeof projectCase>;

/** A fault of ours in the rules must not stop a desk: the event is kept, and not applied. */
function tryProject(
  state: Case | null,
  event: CaseEvent,
  { centreId, service, isWary }: { centreId: number; service: Service | null; isWary: boolean },
): Projected {
  try {
    const result = projectCase(state, event, { centreId, ruleOf: (path) => ruleOf(service, path) });
    if (!isWary || result.case === null || result.case === state || isSound(result.case)) return result;
    return { case: state, status: 'rejected', code: 'case-shape' };
  } catch {
    return { case: state, status: 'rejected', code: 'reducer' };
  }
}
