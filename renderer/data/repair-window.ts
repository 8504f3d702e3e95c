import { dropDatabase, isDatabaseGone } from '#replica/drop-database';
import { planRepair, type Repairs } from './plan-repair.ts';

const REPAIRS_KEY = 'darcha-repairs';
const REBUILD_KEY = 'darcha-rebuild';

/** Loads the window again; the replica is made anew from journal and centre before it is opened. */
export function rebuildWindow(): void {
  sessionStorage.setItem(REBUILD_KEY, 'wanted');
  window.location.reload();
}

/** For a database that answers no more. Does nothing where that was tried just now. */
export function repairWindow(): void {
  const repairs = readRepairs();
  const now = Date.now();
  const plan = planRepair(now, repairs);
  if (plan === 'none') return;
  const next: Repairs = plan === 'reload' ? { ...repairs, reloadedAt: now } : { ...repairs, rebuiltAt: now };
  sessionStorage.setItem(REPAIRS_KEY, JSON.stringify(next));
  if (plan === 'rebuild') rebuildWindow();
  else window.location.reload();
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
    return { reloadedAt: 0, rebuiltAt: 0, ...JSON.parse(sessionStorage.getItem(REPAIRS_KEY) ?? '{}') };
  } catch {
    return { reloadedAt: 0, rebuiltAt: 0 };
  }
}
