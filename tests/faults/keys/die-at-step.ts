import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Work = (...asked: unknown[]) => Promise<unknown>;
type Methods = Record<string, Work>;

const CHANGING = ['rename', 'rm', 'mkdir', 'link', 'writeFile', 'appendFile'];
const OF_FILES = ['writeFile', 'write', 'appendFile', 'sync', 'datasync', 'truncate'];
const WRITING = ['writeFile', 'write'];

/** Counts what this process does to its disk, and has it killed before or after the step asked for, or half way in a write. */
export function dieAtStep(wanted: number): { steps(): number } {
  let step = 0;
  const pass = (): void => {
    step += 1;
    if (step === wanted) process.kill(process.pid, 'SIGKILL');
  };
  const around =
    (work: Work, half: (asked: unknown[]) => Promise<void> = async () => undefined): Work =>
    async (...asked) => {
      pass();
      if (step + 1 === wanted) await half(asked);
      pass();
      const answer = await work(...asked);
      pass();
      return answer;
    };

  const disk = fs as unknown as Methods;
  for (const name of CHANGING) disk[name] = around(disk[name] as Work);
  const open = disk.open as Work;
  disk.open = async (...asked) => {
    const isRead = asked[1] === 'r' || asked[1] === undefined;
    const file = (await (isRead ? open : around(open))(...asked)) as Methods;
    if (isRead) return file;
    for (const name of OF_FILES) {
      const work = (file[name] as Work).bind(file);
      const write = (file.write as Work).bind(file);
      file[name] = around(work, WRITING.includes(name) ? ([bytes]) => writeHalf(write, bytes) : undefined);
    }
    return file;
  };
  syncBuiltinESMExports();
  return { steps: () => step };
}

async function writeHalf(write: Work, content: unknown): Promise<void> {
  const bytes = Buffer.from(content as string);
  await write(bytes, 0, Math.floor(bytes.length / 2), 0);
}
