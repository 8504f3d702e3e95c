import type { Answers } from '#model/answer';

/** The answers with one row of the group at `path` gone and the rows after it moved up. */
export function withoutRow(answers: Answers, path: string, row: number): Answers {
  const left: Answers = {};
  for (const [key, answer] of Object.entries(answers)) {
    const [at, ...rest] = key.startsWith(`${path}.`) ? key.slice(path.length + 1).split('.') : [];
    const here = Number(at);
    if (at === undefined || Number.isNaN(here) || here < row) left[key] = answer;
    else if (here > row) left[`${path}.${here - 1}.${rest.join('.')}`] = answer;
  }
  return left;
}
