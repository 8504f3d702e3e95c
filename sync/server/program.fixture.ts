import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, loadConfigFromFile, mergeConfig } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the program as it is shipped, beside what others build; answers its path. */
export async function buildProgram(name: string): Promise<{ main: string; folder: string }> {
  const folder = join(ROOT, 'out', name);
  const file = join(ROOT, 'build/bundles/server.config.ts');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, file);
  const config = mergeConfig(loaded?.config ?? {}, {
    root: ROOT,
    logLevel: 'error',
    build: { outDir: folder },
  });
  await build({ ...config, configFile: false });
  return { main: join(folder, 'main.js'), folder };
}

export type RunningProgram = {
  url: string;
  /** All that it wrote. */
  said(): string;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
};

export type Ended = { code: number; said: string; problem: string };

/** Runs a command of the program to its end; `input` is what is typed into it. */
export function runProgram(
  main: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input = '',
): Promise<Ended> {
  const options = { timeout: 60_000, env: { ...process.env, ...env } };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], options, (error, said, problem) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), said, problem }),
    );
    // A command that reads nothing may have ended before.
    child.stdin?.on('error', () => undefined).end(input);
  });
}

/** Starts the program and waits for its ready line. */
export async function startProgram(
  main: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<RunningProgram> {
  const child: ChildProcess = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const onBytes = (bytes: Buffer): void => {
      said += String(bytes);
      const ready = /^darcha-central ready (http:\S+)\n/m.exec(said)?.[1];
      if (ready !== undefined) resolve(ready);
    };
    child.stdout?.on('data', onBytes);
    child.stderr?.on('data', onBytes);
    child.once('exit', (code) => reject(new Error(`ended by ${code}: ${said}`)));
  });
  return {
    url,
    said: () => said,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}
