import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LineProfile } from './line-profiles.ts';

/** Address of the centre's end, as the station's end sees it. */
export const CENTRE_HOST = '10.77.0.2';

type Crossed = { down: number; up: number };

/** A line between two network namespaces of this test alone. */
export type EmulatedLine = {
  outcome: 'open';
  /** What to put before a command so that it runs at that end. */
  at(end: 'station' | 'centre'): readonly [string, ...string[]];
  shape(profile: LineProfile): Promise<void>;
  /** Nothing passes until it is lit again; nobody is told. */
  darken(isDark: boolean): Promise<void>;
  /** Dark for so long; when it is lit both ends are told that their connections are gone. */
  cut(ms: number): Promise<void>;
  /** Nothing of the connections that are open passes any more, and neither end is told; new ones work. */
  forget(): Promise<void>;
  /** Bytes put on the line so far, with IP and TCP headers and what was sent again. */
  crossed(): Promise<Crossed>;
  close(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('./emulate-link.py', import.meta.url));

/** Opens one, or says what this machine lacks for it. */
export async function openEmulatedLine(): Promise<EmulatedLine | { outcome: 'none'; reason: string }> {
  const reason = findNamespaceObstacle();
  if (reason !== null) return { outcome: 'none', reason };
  const name = `darcha${process.pid}${Math.floor(Math.random() * 1_000)}`;
  const child = spawn('python3', [PROGRAM, name], { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let said = '';
  child.stderr.on('data', (it: Buffer) => {
    said += it.toString();
  });
  if ((await lines.next()).value !== 'ready') {
    return { outcome: 'none', reason: `the emulator ended: ${said.trim().split('\n').at(-1)}` };
  }
  let last: Promise<unknown> = Promise.resolve();
  const tell = (what: object): Promise<Crossed> => {
    // One answer a line, in order.
    const answer = last.then(async () => {
      child.stdin.write(`${JSON.stringify(what)}\n`);
      return JSON.parse((await lines.next()).value as string) as Crossed;
    });
    last = answer;
    return answer;
  };
  const at: EmulatedLine['at'] = (end) => ['ip', 'netns', 'exec', `${name}-${end}`];
  return {
    outcome: 'open',
    at,
    async shape(profile) {
      await tell(profile);
    },
    async darken(isDark) {
      await tell({ isDark });
    },
    async cut(ms) {
      await tell({ isDark: true });
      await new Promise((resolve) => setTimeout(resolve, ms));
      await tell({ isDark: false });
      for (const it of ['station', 'centre'] as const) closeConnections(at(it));
    },
    async forget() {
      await tell({ forget: true });
    },
    crossed: () => tell({}),
    close: () => end(child),
  };
}

/** What this machine lacks for network namespaces of a test's own. */
export function findNamespaceObstacle(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'it takes root to make network namespaces';
  if (!existsSync('/dev/net/tun')) return 'the kernel has no /dev/net/tun';
  const missing = ['python3', 'ip'].find((it) => spawnSync(it, ['-V']).status !== 0);
  return missing === undefined ? null : `${missing} is not installed`;
}

function closeConnections([command, ...before]: readonly [string, ...string[]]): void {
  const closed = spawnSync(command, [...before, 'ss', '-K', 'dst', '10.77.0.0/24']);
  if (closed.status !== 0) throw new Error(`no connection can be closed here: ${closed.stderr}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.stdin?.end();
  await gone;
}
