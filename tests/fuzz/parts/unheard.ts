import { isDatabaseGone } from '#replica/drop-database';
import type { World } from './world.ts';

const EVENT = 'unhandledRejection';

/** Hears, as the window does, of failures that nobody waited for; any but a database's is a bug. Answers how to end it. */
export function hearUnheard(world: World): () => void {
  const others = process.listeners(EVENT);
  const hear = (error: unknown): void => {
    if (!isDatabaseGone(error)) {
      world.violations.push(`unheard: ${error instanceof Error ? error.stack : String(error)}`);
      return;
    }
    for (const desk of world.desks) if (desk.replicaDisk.closed !== 'no') world.repair(desk);
  };
  process.removeAllListeners(EVENT);
  process.on(EVENT, hear);
  return () => {
    process.off(EVENT, hear);
    for (const it of others) process.on(EVENT, it);
  };
}
