import { settled } from './scheduler.ts';
import { type SimDesk, start, stop } from './sim-desk.ts';
import { reportBug, type World } from './world.ts';

/** What the program of one schema before does not know. */
export const NEWER_TYPE = 'payment.recorded';

const isNewer = (row: Record<string, unknown>): boolean =>
  (row.event as { type?: unknown }).type === NEWER_TYPE;

const unreadOf = ({ replica }: SimDesk): number =>
  replica?.sync.status().attention.unreadable?.find((it) => it.collection === 'events')?.count ?? 0;

export function update(world: World, desk: SimDesk): void {
  stop(world, desk);
  desk.isOlder = false;
}

/** The newest one is taken back, as after a release that was a mistake. */
export function putBack(world: World, desk: SimDesk): void {
  if (world.programs.older === null) return;
  stop(world, desk);
  desk.isOlder = true;
}

/** In sync: an older program says how many events it keeps for a newer one. */
export function findUncounted(desk: SimDesk): string[] {
  const kept = [...desk.replicaDisk.tables.events.values()].filter(isNewer).length;
  const said = unreadOf(desk);
  const isRight = desk.hasBeenNewer ? said <= kept : said === kept;
  return isRight ? [] : [`${desk.name} says ${said} events unread, and keeps ${kept}`];
}

/** The update comes to the last of them: which ones they were. */
export async function updateAll(world: World): Promise<SimDesk[]> {
  const older = world.desks.filter((it) => it.isOlder);
  world.scheduler.trace.push('-- all updated');
  for (const desk of older) {
    update(world, desk);
    void start(world, desk).catch(reportBug(world));
    await settled();
  }
  return older;
}

/** After the update: all of it is read, on every screen, and nothing of it was asked for again. */
export async function findUnread({ scheduler }: World, desk: SimDesk): Promise<string[]> {
  const { events } = desk.replicaDisk.tables;
  const since = scheduler.trace.slice(scheduler.trace.lastIndexOf('-- all updated'));
  const isAnew = since.some((it) => it.startsWith(`${desk.name}/window db empty`));
  const cases = new Set([...events.values()].filter(isNewer).map((it) => String(it.caseId)));
  const faults = [...cases].map(async (caseId) => {
    const stored = [...events.values()].filter((it) => it.caseId === caseId).length;
    const shown = await countShown(desk, caseId);
    return shown === stored ? [] : [`${desk.name} shows ${shown} of the ${stored} events of ${caseId}`];
  });
  return [
    ...(unreadOf(desk) === 0 ? [] : [`${desk.name} still has ${unreadOf(desk)} events unread`]),
    ...(isAnew && !desk.isDamaged ? [`${desk.name} has read all of it again`] : []),
    ...(await Promise.all(faults)).flat(),
  ];
}

function countShown({ replica }: SimDesk, caseId: string): Promise<number> {
  return new Promise((resolve) => {
    const end = replica?.watchTimeline(caseId, (entries) => {
      resolve(entries.length);
      queueMicrotask(() => end?.());
    });
  });
}
