import type { Measured } from './measured.ts';
import { keepOpen } from './parts/keep-open.ts';
import { replayNation } from './parts/replay-nation.ts';

/**
 * A whole day of the nation: 220 centres of 15 stations, 4,800 events each, in batches of 20 over HTTP to the program as
 * it is shipped, on a real PostgreSQL. It takes minutes, so it runs only by name.
 */
export function run(): Promise<Measured[]> {
  return keepOpen((keep) => replayNation(keep));
}
