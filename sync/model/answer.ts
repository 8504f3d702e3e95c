import { z } from 'zod';

/**
 * What stands in one field of a case. A closed union: RxDB takes no recursive schemas.
 *
 * Dates are ISO `YYYY-MM-DD` text, choices are option codes, several choices are a list of codes.
 */
export const Answer = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(2_000)).max(200),
]);
export type Answer = z.infer<typeof Answer>;

/**
 * Answers by field path. `applicant.surname`, `representative.pinfl`, `form.childName`; a row of a
 * repeated group is `form.children.0.name`.
 */
export const Answers = z.record(z.string().min(1).max(120), Answer);
export type Answers = z.infer<typeof Answers>;

/** Whether two answers are the same answer; a missing one equals `null`. */
export function isSameAnswer(one: Answer | undefined, other: Answer | undefined): boolean {
  const a = one ?? null;
  const b = other ?? null;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((it, index) => it === b[index]);
  }
  return a === b;
}
