import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What is secret or of a citizen comes so: a list of processes and a history of a shell show what is typed as a command. */
export async function readFirstLine(input: Readable): Promise<string> {
  const lines = createInterface({ input });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
