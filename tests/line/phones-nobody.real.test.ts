import { afterAll, expect, test } from 'vitest';
import { runProgram } from '../../build/run/run-program.mjs';
import { type CutOff, openCutOff } from './open-cut-off.ts';

/*
 * A story whole, with central server, stations and browsers, where nothing but the loopback is to be reached: it is
 * told to its end, and nobody tries to reach anything else. Then a station with the browser it starts by itself.
 */
const opened = await openCutOff();
const line = opened.outcome === 'open' ? opened : null;
if (opened.outcome === 'none') process.stdout.write(`phones nobody: skipped, ${opened.reason}\n`);
afterAll(() => line?.close());

const STORIES = [
  ['two desks and their centre', 'e2e', 'tests/e2e/two-desks.test.ts', ''],
  ['a station and its own browser', 'real', 'main/browser/browser-shell.real.test.ts', 'its window'],
] as const;

/** What this file tries itself, to see that it is noted. */
const OURS = ['tcp 192.0.2.7:80', 'udp 10.99.0.53:53 telemetry.example'];

/** What a run of tests by its own name leaves in the environment would lead the inner one astray. */
const noVitest = Object.fromEntries(
  Object.keys(process.env)
    .filter((it) => it.startsWith('VITEST'))
    .map((it) => [it, undefined]),
);

function inside({ before: [program, ...words] }: CutOff, args: readonly string[]) {
  return runProgram(program, [...words, process.execPath, ...args], { env: noVitest, limitMs: 300_000 });
}

test.skipIf(line === null)('whoever tries is noted, by name and by address', async () => {
  const tries = `
    await fetch('http://192.0.2.7/').catch(() => 0);`;
  const asks = `import { resolve4 } from 'node:dns/promises'; await resolve4('telemetry.example').catch(() => 0);`;
  const before = line as CutOff;
  await Promise.all([
    inside(before, ['--input-type=module', '-e', `setTimeout(() => process.exit(), 1500);${tries}`]),
    inside(before, ['--input-type=module', '-e', `setTimeout(() => process.exit(), 1500);${asks}`]),
  ]);
  expect(await before.tried()).toEqual(expect.arrayContaining(OURS));
});

test.skipIf(line === null).each(STORIES)(
  '%s are told whole, and nobody is phoned',
  async (_what, project, file, name) => {
    const before = line as CutOff;
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, file, '--retry', '0'];
    const { code, output } = await inside(before, [...vitest, ...(name === '' ? [] : ['-t', name])]);
    const tried = (await before.tried()).filter((it) => !OURS.includes(it));

    expect(code, output.slice(-3_000)).toBe(0);
    expect(tried).toEqual([]);
  },
);
