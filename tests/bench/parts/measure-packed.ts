import { LINES } from '../../line/line-profiles.ts';
import type { ThinWorld } from '../../line/open-thin-world.ts';
import type { Measured } from '../measured.ts';

const CASES = 2_500;
const DARK_AT_S = 15;
const DARK_S = 40;

/** A new desk's first sync of a centre that has packed its streams; and one in the middle of which the line goes dark. */
export async function measurePacked(world: ThinWorld): Promise<Measured[]> {
  await world.fill(CASES);
  const head = await pack(world);
  await world.line.shape(LINES.thin);
  const before = await world.bodies();
  const whole = await syncNew(world, 'new', head);
  const bytes = (await world.bodies()) - before;
  const bare = await world.bare(bytes);
  const [cut] = await Promise.all([syncNew(world, 'cut', head), goDark(world)]);
  const size = `${CASES} cases and what else there is, ${(bytes / 1e6).toFixed(1)} MB`;
  return [
    {
      name: `first sync of ${size}, on a thin line; floor: as many bytes barely`,
      value: whole,
      unit: 'ms',
      floor: bare.ms,
      target: 1.25,
    },
    {
      name: `the same with ${DARK_S} s of darkness in it; floor: darkness and the one before`,
      value: cut,
      unit: 'ms',
      floor: DARK_S * 1_000 + whole,
      target: 1.1,
    },
  ];
}

/** The first to ask waits for it; where the streams end then. */
async function pack(world: ThinWorld) {
  await world.openDesk('first');
  await world.syncTo('first', {});
  const { events = 0, cases = 0 } = await world.cursors('first');
  await world.closeDesk('first');
  return { events, cases };
}

async function syncNew(world: ThinWorld, name: string, head: { events: number; cases: number }) {
  await world.openDesk(name);
  const { ms } = await world.syncTo(name, head);
  await world.closeDesk(name);
  return ms;
}

async function goDark({ line }: ThinWorld): Promise<void> {
  const pass = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  await pass(DARK_AT_S);
  await line.darken(true);
  await pass(DARK_S);
  await line.darken(false);
}
