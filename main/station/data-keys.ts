import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { DiskRefusal } from '#contract/station-contract';
import { readJsonFile, writeDurably } from './durable-file.ts';
import { createSealer, type DataKey, deriveKey, type Sealer } from './sealer.ts';
import type { Shell } from './shell.ts';

const Kept = z.object({ id: z.string().regex(/^[0-9a-f]{8}$/), sealed: z.base64() });
/** The first is the one that seals. */
const KeyFile = z.object({ keys: z.array(Kept).min(1) });

export type DataKeys = {
  sealer(purpose: string): Sealer;
  /** 32 bytes for the window, with the name of the key they come from. */
  windowKey(): { id: string; key: Uint8Array };
};

export type DataKeysOutcome =
  | { outcome: 'open'; keys: DataKeys }
  /** Of another user or computer, or damaged: what is sealed here stays as it is. */
  | { outcome: 'locked' }
  | DiskRefusal;

/**
 * The keys that all data of the station is sealed with, themselves sealed by the shell; made where nothing is kept yet.
 *
 * A folder that has data and no key to it is locked: a new key would pass what is there for damaged.
 */
export async function openDataKeys(
  folder: string,
  shell: Pick<Shell, 'seal' | 'unseal'>,
  { isNew }: { isNew: boolean },
): Promise<DataKeysOutcome> {
  const path = join(folder, 'keys.json');
  const read = await readJsonFile(path);
  if (read.outcome === 'unreadable') throw read.error;
  if (read.outcome === 'absent' && isNew) return makeKey(path, shell);
  const kept = KeyFile.safeParse(read.outcome === 'read' ? read.value : null);
  if (!kept.success) return { outcome: 'locked' };
  const keys: DataKey[] = [];
  for (const { id, sealed } of kept.data.keys) {
    const key = await shell.unseal(Buffer.from(sealed, 'base64'));
    if (key !== null) keys.push({ id, key: Buffer.from(key, 'base64') });
  }
  return keys.length === kept.data.keys.length ? toOpen(keys) : { outcome: 'locked' };
}

async function makeKey(path: string, shell: Pick<Shell, 'seal'>): Promise<DataKeysOutcome> {
  const [id, key] = [randomBytes(4).toString('hex'), randomBytes(32)];
  const sealed = Buffer.from(await shell.seal(key.toString('base64'))).toString('base64');
  const written = await writeDurably(path, JSON.stringify({ keys: [{ id, sealed }] }));
  return written.outcome === 'saved' ? toOpen([{ id, key }]) : written;
}

function toOpen(all: readonly DataKey[]): DataKeysOutcome {
  const keys = all as readonly [DataKey, ...DataKey[]];
  const [{ id, key }] = keys;
  return {
    outcome: 'open',
    keys: {
      sealer: (purpose) => createSealer(keys, purpose),
      windowKey: () => ({ id, key: deriveKey(key, 'window') }),
    },
  };
}
