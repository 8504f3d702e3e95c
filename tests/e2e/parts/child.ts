import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** One of our processes, known by its ready line, ended by its own pid. */
export type Child = {
  pid: number;
  /** What stood after the name on the ready line. */
  ready: string;
  output(): string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

/** Starts `node <args>`, behind `before` where that is given, and waits for a line that begins with `readyWord`. */
export async function startChild(
  args: readonly string[],
  readyWord: string,
  { env = {}, before = [] }: { env?: NodeJS.ProcessEnv; before?: readonly string[] } = {},
): Promise<Child> {
  const [program = process.execPath, ...all] = [...before, process.execPath, ...args];
  const child: ChildProcess = spawn(program, all, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = await new Promise<string>((resolve, reject) => {
    const onBytes = (bytes: Buffer): void => {
      output += bytes.toString('utf8');
      const line = output.split('\n').find((it) => it.startsWith(readyWord));
      if (line !== undefined && output.includes(`${line}\n`)) resolve(line.slice(readyWord.length).trim());
    };
    child.stdout?.on('data', onBytes);
    child.stderr?.on('data', onBytes);
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${args.join(' ')} ended with ${code} before it was ready:\n${output}`)),
    );
  });
  return {
    pid: child.pid ?? 0,
    ready,
    output: () => output,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}
