import { LINES } from '../line/line-profiles.ts';
import { openThinWorld, type ThinWorld } from '../line/open-thin-world.ts';
import type { Measured } from './measured.ts';
import { keepOpen } from './parts/keep-open.ts';

/** Five pages of 400 kB. */
const SCANS = Array.from({ length: 5 }, () => 400_000);
const CUTS = 10;
const CUT_MS = 3_000;
/** What the barest transfer is measured at; a whole one would take as long as ours. */
const BARE_BYTES = [50_000, 200_000] as const;

/** A case with its scans up OpenCRVS's 2G, which breaks ten times. Root and Linux; it takes eight minutes. */
export async function run(): Promise<Measured[]> {
  const world = await openThinWorld();
  if (world.outcome === 'none') {
    process.stdout.write(`without scans over a thin line: ${world.reason}\n`);
    return [];
  }
  return keepOpen(async (keep) => {
    keep(world);
    await world.openDesk('desk');
    await world.syncTo('desk', {});
    await world.rest('desk');
    await world.line.shape(LINES['2g']);
    const bytes = SCANS.reduce((sum, it) => sum + it, 0);
    const bareMs = await measureBare(world, bytes);
    await world.recordScans('desk', SCANS);
    const before = (await world.line.crossed()).up;
    const sent = world.syncTo('desk', {});
    await cutOften(world, bareMs);
    const { ms } = await sent;
    const crossed = (await world.line.crossed()).up - before;
    const name = `a case with ${bytes / 1_000_000} MB of scans up 250/50 kbit/s, 300 ms, cut ${CUTS} times`;
    const target = { wire: 1.1, time: 1.15 };
    return [
      {
        name: `${name}: on the wire, IP included; floor: the scans' bytes`,
        ...{ value: crossed, unit: 'bytes', floor: bytes, target: target.wire },
      },
      {
        name: `${name}; floor: bare transfer (from ${BARE_BYTES.join(' and ')} bytes) and ${CUT_MS / 1_000} s a cut`,
        ...{ value: ms, unit: 'ms', floor: bareMs + CUTS * CUT_MS, target: target.time },
      },
    ];
  });
}

/** The way there and back counts once, whatever the size. */
async function measureBare(world: ThinWorld, bytes: number): Promise<number> {
  const [few, many] = BARE_BYTES;
  const fewMs = (await world.bareUp(few)).ms;
  const manyMs = (await world.bareUp(many)).ms;
  return fewMs + ((bytes - few) * (manyMs - fewMs)) / (many - few);
}

/** At even distances over the time that the barest transfer takes. */
async function cutOften({ line }: ThinWorld, bareMs: number): Promise<void> {
  for (let cut = 0; cut < CUTS; cut += 1) {
    await new Promise((resolve) => setTimeout(resolve, bareMs / (CUTS + 1)));
    await line.cut(CUT_MS);
  }
}
