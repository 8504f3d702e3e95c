import type { Measured } from './measured.ts';
import { keepOpen } from './parts/keep-open.ts';
import { measureNation } from './parts/measure-nation.ts';

/**
 * A day of the nation, scaled down, pushed into a real PostgreSQL from sixteen connections.
 *
 * The floor is the bare insert of the same rows, batch by batch, in the same run. A hole in a stream is an error.
 */
export function run(): Promise<Measured[]> {
  return keepOpen((keep) => measureNation(keep));
}
