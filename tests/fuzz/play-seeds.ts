import { type History, playHistory } from './parts/play-history.ts';
import { restartIds } from './parts/sim-new-id.ts';
import type { PlayOptions } from './parts/world.ts';

export type Played = {
  histories: number;
  steps: number;
  saved: number;
  faults: Record<string, number>;
  failed: { seed: number; violations: string[] }[];
};

/** Plays the histories of a row of seeds, one after another. */
export async function playSeeds(from: number, many: number, steps?: number): Promise<Played> {
  const played: Played = { histories: 0, steps: 0, saved: 0, faults: {}, failed: [] };
  for (let seed = from; seed < from + many; seed += 1) add(played, await playSeed(seed, steps));
  return played;
}

export function playSeed(seed: number, steps?: number, options?: PlayOptions): Promise<History> {
  restartIds();
  return playHistory(seed, steps, options);
}

function add(played: Played, history: History): void {
  played.histories += 1;
  played.steps += history.trace.length;
  played.saved += history.saved;
  for (const [name, many] of Object.entries(history.faults)) {
    played.faults[name] = (played.faults[name] ?? 0) + many;
  }
  if (history.violations.length > 0) {
    played.failed.push({ seed: history.seed, violations: history.violations });
  }
}
