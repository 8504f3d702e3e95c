/** When this window was last loaded again because its database was gone, epoch ms, and how often in a row. */
export type Repairs = { at: number; tries: number };
export type RepairPlan = 'reload' | 'rebuild' | 'no-room' | 'later';

const CALM_MS = 10 * 60_000;
const FIRST_WAIT_MS = 15_000;
/** With less than this on the disk Chromium opens no database. */
const ROOM_BYTES = 16_000_000;

/**
 * A window that is loaded again mostly has its database back; where that did not help, it is made anew, once, and then
 * loaded at longer and longer intervals. On a full disk none of it helps.
 */
export function planRepair(
  now: number,
  { at, tries }: Repairs,
  freeDiskBytes: number | null,
): { plan: RepairPlan; next: Repairs } {
  const kept = { at, tries };
  if (freeDiskBytes !== null && freeDiskBytes < ROOM_BYTES) return { plan: 'no-room', next: kept };
  const since = now >= at ? now - at : CALM_MS;
  if (since >= CALM_MS || tries === 0) return { plan: 'reload', next: { at: now, tries: 1 } };
  const next = { at: now, tries: tries + 1 };
  if (tries === 1) return { plan: 'rebuild', next };
  return since < FIRST_WAIT_MS * 2 ** (tries - 2) ? { plan: 'later', next: kept } : { plan: 'reload', next };
}
