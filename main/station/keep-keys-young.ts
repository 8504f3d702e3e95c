import type { DataKeys } from './data-keys.ts';
import type { WriteOutcome } from './durable-file.ts';
import { findUsedKeys } from './used-keys.ts';

const DAY_MS = 86_400_000;

/** A key that has sealed for so many days is followed by a new one. To be called before anything is sealed. */
export async function rotateByAge(keys: DataKeys, days: number, now: number): Promise<WriteOutcome> {
  const [current] = keys.all();
  const isYoung = current !== undefined && now - current.madeAt < days * DAY_MS;
  return isYoung ? { outcome: 'saved' } : keys.rotate();
}

/**
 * Seals anew what older keys have sealed, and forgets those that nothing is left of. Records stay as they are, chained,
 * until the journal drops them: so long their key is kept.
 *
 * To be called after a start: what is under way while a key is made may still be sealed by the one before.
 */
export async function dropOlderKeys(
  dataFolder: string,
  keys: DataKeys,
  kinds: readonly { sealAnew(): Promise<void> }[],
): Promise<WriteOutcome> {
  if (keys.all().length === 1) return { outcome: 'saved' };
  for (const it of kinds) await it.sealAnew();
  return keys.dropOlder(await findUsedKeys(dataFolder));
}
