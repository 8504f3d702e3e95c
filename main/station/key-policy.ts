import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from './durable-file.ts';

const LONGEST_DAYS = 3_650;

/** Of `station.json`: what IT set for this computer. */
const KeyPolicy = z.object({
  /** A data key seals for so long. */
  keyDays: z.int().min(1).max(LONGEST_DAYS).catch(90),
  /** After so many days without the centre the station is erased; 0: never. */
  offlineDays: z.int().min(0).max(LONGEST_DAYS).catch(60),
});
export type KeyPolicy = z.infer<typeof KeyPolicy>;

export async function readKeyPolicy(dataFolder: string): Promise<KeyPolicy> {
  const read = await readJsonFile(join(dataFolder, 'station.json'));
  const kept = read.outcome === 'read' && typeof read.value === 'object' ? (read.value ?? {}) : {};
  return KeyPolicy.parse(kept);
}
