import { dropDatabase, isDatabaseGone } from '#replica/drop-database';
import { planRepair, type Repairs } from './plan-repair.ts';

const REPAIRS_KEY = 'darcha-repairs';
const REBUILD_KEY = 'darcha-rebuild';
const NONE: Repairs = { at: 0, tries: 0 };
/** So often it is looked whether a full disk has room again. */
const ROOM_AGAIN_MS = 3_000;

/** Loads the window again; the replica is made anew from journal and centre before it is opened. */
export function rebuildWindow(): void {
  sessionStorage.setItem(REBUILD_KEY, 'wanted');
  window.location.reload();
}

/** What is to be called for a database that answers no more: it comes back only with the window. */
export function createRepair(freeDiskBytes: () => Promise<number | null>): () => void {
  let isLooking = false;
  async function look(): Promise<void> {
    const free = await freeDiskBytes().catch(() => null);
    const { plan, next } = planRepair(Date.now(), readRepairs(), free);
    if (plan === 'no-room') return void setTimeout(() => void look(), ROOM_AGAIN_MS);
    isLooking = false;
    // Who calls again finds out when it is time.
    if (plan === 'later') return;
    sessionStorage.setItem(REPAIRS_KEY, JSON.stringify(next));
    if (plan === 'rebuild') rebuildWindow();
    else window.location.reload();
  }
  return () => {
    if (isLooking) return;
    isLooking = true;
    void look();
  };
}

/** Before the replica is opened: what was to be made anew goes. */
export async function dropWhereWanted(name: string): Promise<void> {
  if (sessionStorage.getItem(REBUILD_KEY) === null) return;
  const { outcome } = await dropDatabase(name);
  if (outcome === 'dropped') sessionStorage.removeItem(REBUILD_KEY);
}

/** Failures that nobody waited for: a list whose database was closed under it. */
export function watchForGone(gone: () => void): void {
  window.addEventListener('unhandledrejection', (event) => {
    if (isDatabaseGone(event.reason)) gone();
  });
}

function readRepairs(): Repairs {
  try {
    return { ...NONE, ...JSON.parse(sessionStorage.getItem(REPAIRS_KEY) ?? '{}') };
  } catch {
    return NONE;
  }
}
