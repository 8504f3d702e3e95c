import type { Lie } from '../../e2e/parts/lying-line.ts';
import { type FaultsWorld, rest, waitUntil } from './faults-world.ts';

export const FAULTS = [
  'cut',
  'browser',
  'station',
  'server',
  'disk',
  'full',
  'clock',
  'half-open',
  'busy',
  'portal',
  'revoked',
  'unknown',
] as const;
export type Fault = (typeof FAULTS)[number];

const THREE_DAYS_MS = 3 * 86_400_000;
/** Silence is noticed after ten seconds, and the longest wait after an answer is a minute. */
const GOES_ON_MS = 90_000;

/** What is done to the world; answers what is stuck after it, though nobody did anything about it. */
export const befall: Record<Fault, (world: FaultsWorld) => Promise<string[]>> = {
  async cut({ disk, desk, ledger, line }) {
    ledger.listen(false);
    // What the centre heard after the disk was copied, a power cut would have kept from it.
    line.cut();
    await disk.cutPower(desk.kill);
    line.mend();
    ledger.listen(true);
    return [];
  },
  async browser({ desk }) {
    await desk.killBrowser();
    return [];
  },
  async station({ desk }) {
    await desk.killStation();
    return [];
  },
  async server({ central, random }) {
    await central.kill();
    await rest(random.between(0, 1_000));
    await central.start();
    return [];
  },
  async disk({ disk, desk, random }) {
    const empty = await disk.fill(random.between(0, 2) * 200_000);
    await rest(random.between(500, 2_000));
    await empty();
    await desk.killBrowser();
    return [];
  },
  /** The window stays as it is: what the full disk closed in it comes back without anybody's doing. */
  async full(world) {
    const empty = await world.disk.fill();
    await rest(world.random.between(2_000, 8_000));
    await empty();
    return goesOn(world);
  },
  /** Wrong by three days, forward or back, or right again, while everything runs. */
  async clock(world) {
    const { desk, random, clockOffsetMs } = world;
    const wrong = random.between(0, 2) === 0 ? THREE_DAYS_MS : -THREE_DAYS_MS;
    world.clockOffsetMs = clockOffsetMs === 0 ? wrong : 0;
    world.clockWasWrong = true;
    await desk.setClock(world.clockOffsetMs);
    await rest(random.between(500, 2_000));
    return [];
  },
  async 'half-open'(world) {
    world.line.vanish();
    return goesOn(world);
  },
  async busy(world) {
    const [status, error] = world.random.between(0, 2) === 0 ? [503, 'unavailable'] : [429, 'too-many'];
    await lie(world, { status, body: JSON.stringify({ error }), headers: { 'retry-after': '1' } });
    return goesOn(world);
  },
  async portal(world) {
    await lie(world, { status: 200, contentType: 'text/html', body: '<html>Sign in to the network</html>' });
    return goesOn(world);
  },
  /** Only a person helps a desk that is turned away: it is admitted again, and its window opened anew. */
  async revoked(world) {
    return withDevice(world, 'revoked_at = 1', 'revoked_at = null');
  },
  async unknown(world) {
    await world.central.sql('delete from device_token');
    return withDevice(world, "key = '-' || key", 'key = substr(key, 2)');
  },
};

async function lie({ answers, random }: FaultsWorld, it: Lie): Promise<void> {
  answers.lie('/v1/', it);
  await rest(random.between(500, 3_000));
  answers.lie('/v1/', null);
}

async function withDevice({ central, random }: FaultsWorld, set: string, back: string): Promise<string[]> {
  await central.sql(`update device set ${set}`);
  await rest(random.between(500, 3_000));
  await central.sql(`update device set ${back}`);
  return [];
}

/** What is saved from now on comes to the centre, and nobody touches the desk. */
async function goesOn({ central, desk }: FaultsWorld): Promise<string[]> {
  // What was under way at that moment may still come.
  await rest(500);
  const before = await countEvents(central);
  const hasGone = await waitUntil(async () => (await countEvents(central)) > before, GOES_ON_MS);
  if (hasGone) return [];
  const standing = await desk.standing().catch(String);
  return [`nothing came to the centre any more: ${JSON.stringify(standing)}`];
}

async function countEvents(central: FaultsWorld['central']): Promise<number> {
  const [row] = await central.sql<{ many: number }>('select count(*)::int as many from event');
  return row?.many ?? 0;
}
