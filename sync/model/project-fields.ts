import { type Answer, isSameAnswer } from './answer.ts';
import type { Case } from './case.ts';
import { authorOf, type Change, type EventOf, rejected, taken } from './case-change.ts';
import type { FieldRule } from './field-rule.ts';
import { joinAnswers } from './join-answers.ts';
import {
  alignedConflicts,
  ownValue,
  standingAuthor,
  withOffer,
  withoutRevised,
} from './project-conflicts.ts';

/**
 * Sets answers, each by its own field's rule.
 *
 * The paths are walked in code-unit order, so that an event whose keys a database has re-ordered leads
 * to the same case.
 */
export function setFields(
  state: Case,
  event: EventOf<'field.set'>,
  ruleOf: (path: string) => FieldRule,
): Change {
  const paths = Object.keys(event.body.set).sort();
  if (paths.includes('status')) return rejected(state, 'field.reserved');
  let change = taken(state);
  for (const path of paths) {
    const next = setField(change.case, event, path, ruleOf(path));
    change = change.status === 'ok' ? next : { ...change, case: next.case };
  }
  return change;
}

function setField(state: Case, event: EventOf<'field.set'>, path: string, rule: FieldRule): Change {
  const was = ownValue(event.body.was, path) ?? null;
  const offered = ownValue(event.body.set, path) ?? null;
  if (isSameAnswer(was, offered)) return taken(state);
  const joined = joinAnswers({
    rule,
    was,
    offered,
    hlc: event.hlc,
    standing: ownValue(state.answers, path) ?? null,
    // A field that nobody has answered yet is older than any answer.
    standingHlc: Object.hasOwn(state.answers, path) ? standingAuthor(state, path).hlc : '',
  });
  switch (joined.outcome) {
    case 'unchanged':
      return taken(withRevised(state, event, path, was));
    case 'set':
      return taken(withAnswer(state, event, path, joined.value));
    case 'conflict':
      return {
        case: withOffer(state, { event, field: path, was, offered }),
        status: 'review',
        code: rule === 'first-writer' ? 'field.first-writer' : 'field.conflict',
      };
  }
}

function withAnswer(state: Case, event: EventOf<'field.set'>, path: string, value: Answer): Case {
  const by = authorOf(event);
  const isStanding = isSameAnswer(ownValue(state.answers, path), value);
  if (isStanding && standingAuthor(state, path).hlc >= by.hlc) return state;
  return {
    ...state,
    answers: { ...state.answers, [path]: value },
    authors: { ...state.authors, [path]: by },
    conflicts: alignedConflicts(state.conflicts, path, { value, by }),
  };
}

function withRevised(state: Case, event: EventOf<'field.set'>, path: string, was: Answer): Case {
  const conflicts = withoutRevised(state.conflicts, event, path, was);
  return conflicts.length === state.conflicts.length ? state : { ...state, conflicts };
}
