/** When this window was last loaded again, and rebuilt, because its database was gone; epoch ms. */
export type Repairs = { reloadedAt: number; rebuiltAt: number };

const AGAIN_MS = 10 * 60_000;

/** A window that is loaded again mostly has its database back; where that did not help, it is made anew, once. */
export function planRepair(now: number, { reloadedAt, rebuiltAt }: Repairs): 'reload' | 'rebuild' | 'none' {
  const isRecent = (at: number): boolean => now >= at && now - at < AGAIN_MS;
  if (isRecent(rebuiltAt)) return 'none';
  return isRecent(reloadedAt) ? 'rebuild' : 'reload';
}
