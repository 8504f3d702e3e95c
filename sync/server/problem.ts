/** Exit codes of the program. */
export const EXIT = { failed: 1, usage: 2, portInUse: 3, notWritable: 4 } as const;

/** Why nothing came of a command, and what the person at the keyboard does next. Each is one sentence. */
export type Problem = { outcome: 'problem'; exit: number; problem: string; next: string };

/** What a command says when all went well. */
export type Done = { outcome: 'done'; text: string };

export function toProblem(exit: number, problem: string, next: string): Problem {
  return { outcome: 'problem', exit, problem, next };
}
