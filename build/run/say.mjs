/** One line on the terminal. */
export function say(line = '') {
  process.stdout.write(`${line}\n`);
}

/** Ends a command with a sentence about what is wrong and one about what to do next. */
export class Stop extends Error {
  constructor(problem, next, exitCode = 1) {
    super(problem);
    this.next = next;
    this.exitCode = exitCode;
  }
}

export const EXIT = { usage: 2, portInUse: 3, dataNotWritable: 4, noBrowser: 5, node: 6, otherShell: 7 };

/** Runs a command's main function; a `Stop` becomes two plain lines and an exit code. */
export async function runCommand(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`\nDarcha: ${error.message}\n`);
    if (error.next) process.stderr.write(`Next:   ${error.next}\n`);
    process.exitCode = error.exitCode;
  }
}
