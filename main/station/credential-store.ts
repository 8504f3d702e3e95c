import { join } from 'node:path';
import { z } from 'zod';
import { type DiskRefusal, Identity } from '#contract/station-contract';
import { createDeviceKey, type DeviceKey, openDeviceKey } from './device-key.ts';
import { createQueue, readJsonFile, type WriteOutcome, writeDurably } from './durable-file.ts';
import type { Shell } from './shell.ts';

const Kept = z.object({
  /** `null`: a key was made, and whether the centre knows it is not known yet. */
  identity: Identity.nullable(),
  sealedKey: z.base64(),
});

export interface CredentialStore {
  identity(): Identity | null;
  /** Of the desk that this is; `null` where it is none. */
  key(): DeviceKey | null;
  /** A key to become a desk with: the one that was made before and never heard of again, or a new one. On the disk first. */
  prepareKey(how: { anew: boolean }): Promise<{ outcome: 'ready'; key: DeviceKey } | DiskRefusal>;
  /** The centre knows the prepared key as this desk. */
  write(identity: Identity): Promise<WriteOutcome>;
}

type Held = { identity: Identity | null; secret: string; key: DeviceKey };

/** Who this computer is, and the key that proves it: one file, so that neither is there without the other. */
export async function openCredentialStore(
  folder: string,
  shell: Pick<Shell, 'seal' | 'unseal'>,
): Promise<CredentialStore> {
  const path = join(folder, 'identity.json');
  const inOrder = createQueue();
  let current = await readKept(path, shell);

  async function save(next: Held): Promise<WriteOutcome> {
    const sealedKey = Buffer.from(await shell.seal(next.secret)).toString('base64');
    const written = await writeDurably(path, JSON.stringify({ identity: next.identity, sealedKey }));
    if (written.outcome === 'saved') current = next;
    return written;
  }

  return {
    identity: () => current?.identity ?? null,
    key: () => (current?.identity == null ? null : current.key),
    prepareKey: ({ anew }) =>
      inOrder(async () => {
        if (current?.identity != null) throw new Error('this computer is a desk');
        if (current !== null && !anew) return { outcome: 'ready', key: current.key };
        const next = { identity: null, ...createDeviceKey() };
        const written = await save(next);
        return written.outcome === 'saved' ? { outcome: 'ready', key: next.key } : written;
      }),
    write: (identity) =>
      inOrder(async () => {
        if (current === null) throw new Error('a desk without a key');
        return save({ ...current, identity });
      }),
  };
}

/**
 * A key that cannot be opened any more is no identity: the desk has to be enrolled again. A file that cannot be read
 * now is thrown, for to enrol again would set aside what is still to be sent.
 */
async function readKept(path: string, shell: Pick<Shell, 'unseal'>): Promise<Held | null> {
  const read = await readJsonFile(path);
  if (read.outcome === 'unreadable') throw read.error;
  if (read.outcome !== 'read') return null;
  const kept = Kept.safeParse(read.value);
  if (!kept.success) return null;
  const secret = await shell.unseal(Buffer.from(kept.data.sealedKey, 'base64'));
  const key = secret === null ? null : openDeviceKey(secret);
  return secret === null || key === null ? null : { identity: kept.data.identity, secret, key };
}
