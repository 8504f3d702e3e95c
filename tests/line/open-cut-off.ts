import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findNamespaceObstacle } from './open-emulated-line.ts';

/** A part of this computer that reaches nothing but its own loopback. */
export type CutOff = {
  outcome: 'open';
  /** What to put before a command so that it runs there. */
  before: readonly [string, ...string[]];
  /** Everything outside that something there tried to reach, each once. */
  tried(): Promise<string[]>;
  close(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('./cut-off.py', import.meta.url));

/** Opens one, or says what this machine lacks for it. */
export async function openCutOff(): Promise<CutOff | { outcome: 'none'; reason: string }> {
  const reason = findNamespaceObstacle();
  if (reason !== null) return { outcome: 'none', reason };
  const name = `darcha${process.pid % 100_000}x${Math.floor(Math.random() * 1_000)}`;
  const child = spawn('python3', [PROGRAM, name], { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let said = '';
  child.stderr.on('data', (it: Buffer) => {
    said += it.toString();
  });
  if ((await lines.next()).value !== 'ready')
    return { outcome: 'none', reason: `it ended: ${said.trim().split('\n').at(-1)}` };
  return {
    outcome: 'open',
    before: ['ip', 'netns', 'exec', name],
    async tried() {
      child.stdin.write('\n');
      return JSON.parse((await lines.next()).value as string) as string[];
    },
    async close() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
