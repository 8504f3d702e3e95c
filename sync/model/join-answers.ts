import { type Answer, isSameAnswer } from './answer.ts';
import type { FieldRule } from './field-rule.ts';
import { unreachable } from './unreachable.ts';

const MAX_LIST = 200;

/** An edit meets what stands in its field. */
export type Meeting = {
  rule: FieldRule;
  /** What the edit's author saw there. */
  was: Answer;
  offered: Answer;
  hlc: string;
  standing: Answer;
  standingHlc: string;
};

/** `unchanged`: what stands stays, and nobody need look. */
export type Joined = { outcome: 'unchanged' } | { outcome: 'set'; value: Answer } | { outcome: 'conflict' };

/**
 * Joins an edit with what stands, by the rule of the field.
 *
 * An author who saw what stands simply sets it. An edit that says what its author saw is no edit.
 */
export function joinAnswers(meeting: Meeting): Joined {
  const { rule, was, offered, standing } = meeting;
  if (isSameAnswer(offered, was)) return { outcome: 'unchanged' };
  if (isSameAnswer(was, standing)) return { outcome: 'set', value: offered };
  switch (rule) {
    case 'lww':
      return meeting.hlc >= meeting.standingHlc
        ? { outcome: 'set', value: offered }
        : { outcome: 'unchanged' };
    case 'add-only':
      return united(standing, offered);
    case 'first-writer':
    case 'review':
    case 'state-machine':
      return differing(standing, offered);
    default:
      return unreachable(rule);
  }
}

/** In code-unit order, so that it does not matter whose list came first. */
function united(standing: Answer, offered: Answer): Joined {
  if (isSameAnswer(standing, offered)) return { outcome: 'unchanged' };
  const [one, other] = [asList(standing), asList(offered)];
  if (!one || !other) return differing(standing, offered);
  const value = [...new Set([...one, ...other])].sort();
  return value.length > MAX_LIST ? differing(standing, offered) : { outcome: 'set', value };
}

function differing(standing: Answer, offered: Answer): Joined {
  return isSameAnswer(standing, offered) ? { outcome: 'unchanged' } : { outcome: 'conflict' };
}

function asList(answer: Answer): string[] | null {
  if (answer === null) return [];
  return Array.isArray(answer) ? answer : null;
}
