import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJournal } from './journal.ts';
import { testSealer } from './sealer.fixture.ts';

const fixture = fileURLToPath(new URL('append-loop.fixture.ts', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-kill-'));
  const outDir = join(folder, 'program');
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: fixture,
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'loop.mjs' } },
    },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a process killed while it appends, again and again, loses nothing it was answered', async () => {
  const data = join(folder, 'journal');
  const acknowledged = new Map<number, string>();
  const rounds = 8;
  for (let round = 0; round < rounds; round += 1) {
    const child = spawn(process.execPath, [join(folder, 'program', 'loop.mjs'), data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      // Each round ends at another point of the work.
      if (text.split('\n').length > 20 + round * 7) child.kill('SIGKILL');
    });
    await once(child, 'close');
    for (const line of text.split('\n').slice(0, -1)) {
      const [n, payload] = [Number(line.slice(0, line.indexOf(' '))), line.slice(line.indexOf(' ') + 1)];
      expect(acknowledged.has(n), `${n} was given twice`).toBe(false);
      acknowledged.set(n, payload);
    }
  }
  const opened = await openJournal({ folder: data, sealer: testSealer, now: Date.now });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const kept = new Map(
    (await opened.journal.read(1, Number.MAX_SAFE_INTEGER)).map((it) => [it.n, it.payload]),
  );
  const lost = [...acknowledged].filter(([n, payload]) => kept.get(n) !== payload);
  const { first, last } = await opened.journal.state();
  expect({ lost, first, isDense: last === kept.size, isMuch: acknowledged.size > rounds * 20 }).toEqual({
    lost: [],
    first: 1,
    isDense: true,
    isMuch: true,
  });
  await opened.journal.close();
});
