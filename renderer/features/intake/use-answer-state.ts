import { useState } from 'react';
import type { Problem } from '#model/form';
import type { AnswerForm, FormState } from '../../components/fields/answer-form.ts';
import { useLiveForm } from '../../components/fields/use-live-form.ts';
import type { DraftInHand } from '../../data/use-drafts.ts';

type Needs = Omit<FormState, 'answers' | 'problemAt'> & {
  hand: DraftInHand;
  problems: readonly Problem[];
  isAsked: boolean;
};

/**
 * The draft's answers for the fields, with what is to be said at each now.
 *
 * A field speaks once it was left, in an earlier sitting too, or once F9 was pressed; that something is
 * empty only then.
 */
export function useAnswerState({ hand, problems, isAsked, ...world }: Needs): AnswerForm {
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(Object.keys(hand.draft.answers)));
  const byPath = firstByPath(problems);
  const state: FormState = {
    ...world,
    answers: hand.draft.answers,
    problemAt(path) {
      const problem = byPath.get(path);
      if (problem === undefined || isAsked) return problem;
      return problem.code !== 'required' && left.has(path) ? problem : undefined;
    },
  };
  return useLiveForm(state, {
    change: (edit) => hand.change((now) => ({ ...now, answers: edit(now.answers) })),
    leave: (path) => setLeft((now) => (now.has(path) ? now : new Set(now).add(path))),
  });
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
