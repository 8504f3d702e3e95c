import { clampHlc } from '#model/hybrid-clock';
import type { SyncMemory } from './sync-memory.ts';

/**
 * A hybrid time, brought back where it is further ahead than the centre would believe.
 *
 * One desk with a wrong clock would else lead the clocks of all others, and its centre's, for as long as it
 * was wrong by.
 */
export function toBelieved(hlc: string, { lastContactAt, clockDriftMs }: SyncMemory, now: number): string {
  if (lastContactAt === null || clockDriftMs === null) return hlc;
  // A clock whose battery is dead is behind even the last contact.
  return clampHlc(hlc, Math.max(now, lastContactAt) - clockDriftMs);
}
