import { useMemo, useState } from 'react';
import type { Problem } from '#model/form';
import type { Centre, Place } from '#model/reference';
import type { AnswerForm } from '../../components/fields/answer-form.ts';
import type { DraftInHand } from '../../data/use-drafts.ts';

/**
 * The draft's answers for the fields, with what is to be said at each now.
 *
 * A field speaks once it was left, or once F9 was pressed; that something is empty only then.
 */
export function useAnswerState(needs: {
  hand: DraftInHand;
  centre: Centre;
  places: readonly Place[];
  today: string;
  problems: readonly Problem[];
  isAsked: boolean;
}): AnswerForm {
  const { hand, centre, places, today, problems, isAsked } = needs;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const byPath = useMemo(() => firstByPath(problems), [problems]);
  return {
    answers: hand.draft.answers,
    change: (edit) => hand.change((now) => ({ ...now, answers: edit(now.answers) })),
    problemAt(path) {
      const problem = byPath.get(path);
      if (problem === undefined || isAsked) return problem;
      return problem.code !== 'required' && left.has(path) ? problem : undefined;
    },
    leave(path) {
      setLeft((now) => (now.has(path) ? now : new Set(now).add(path)));
    },
    today,
    country: centre.country,
    places,
  };
}

// A wall at a field is said before a warning there.
function firstByPath(problems: readonly Problem[]): Map<string, Problem> {
  const byPath = new Map<string, Problem>();
  for (const it of problems) {
    const held = byPath.get(it.path);
    if (held === undefined || (held.severity === 'warning' && it.severity === 'wall'))
      byPath.set(it.path, it);
  }
  return byPath;
}
