import { type Answers, isSameAnswer } from '#model/answer';
import { tidyAnswers } from '../../components/tidy-answers.ts';

/** What one editor changes: its new answers, and what stood there when it was opened. */
export type Correction = { set: Answers; was: Answers };

/**
 * The change from the answers an editor was opened on to those it holds now, tidied.
 *
 * Nothing else of the case comes into it: an answer that was put right elsewhere meanwhile is neither set
 * back nor taken for the old one.
 */
export function correctionOf(
  before: Answers,
  edited: Answers,
  around: Parameters<typeof tidyAnswers>[1],
): Correction {
  const set = changed(before, tidyAnswers(changed(before, edited), around));
  const was = Object.fromEntries(Object.keys(set).map((path) => [path, before[path] ?? null]));
  return { set, was };
}

function changed(before: Answers, after: Answers): Answers {
  return Object.fromEntries(Object.entries(after).filter(([path, it]) => !isSameAnswer(before[path], it)));
}
