import { expect, test } from 'vitest';
import { runFaults } from './run-faults.ts';

test('power cuts, kills, dead lines and refusals one after another: nothing that was answered is lost, doubled or stuck', async (context) => {
  const kills = { browser: 2, station: 1, server: 1 };
  const times = {
    cut: 5,
    ...kills,
    full: 1,
    clock: 1,
    'half-open': 1,
    busy: 1,
    portal: 1,
    revoked: 1,
    unknown: 1,
  };
  const ran = await runFaults({ times, seed: 42, say: () => undefined });
  if (ran.outcome === 'none') {
    process.stdout.write(`power cuts: ${ran.reason}\n`);
    return context.skip(ran.reason);
  }
  const { acknowledged, ...rest } = ran.total;
  expect([rest, ran.faults]).toEqual([{ lost: 0, doubled: 0, stuck: 0 }, []]);
  expect(acknowledged).toBeGreaterThan(50);
});
