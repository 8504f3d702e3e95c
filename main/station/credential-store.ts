import { join } from 'node:path';
import { z } from 'zod';
import { Identity } from '#contract/station-contract';
import { createQueue, readJsonFile, type WriteOutcome, writeDurably } from './durable-file.ts';
import type { Shell } from './shell.ts';

const Kept = z.object({ identity: Identity, sealedToken: z.base64() });

export interface CredentialStore {
  identity(): Identity | null;
  /** For requests to the centre; never given to a screen. */
  token(): string | null;
  write(identity: Identity, token: string): Promise<WriteOutcome>;
}

/** Who this computer is, and the token that proves it: one file, so that neither is there without the other. */
export async function openCredentialStore(
  folder: string,
  shell: Pick<Shell, 'seal' | 'unseal'>,
): Promise<CredentialStore> {
  const path = join(folder, 'identity.json');
  const inOrder = createQueue();
  let current = await readKept(path, shell);
  return {
    identity: () => current?.identity ?? null,
    token: () => current?.token ?? null,
    write: (identity, token) =>
      inOrder(async () => {
        const sealedToken = Buffer.from(await shell.seal(token)).toString('base64');
        const outcome = await writeDurably(path, JSON.stringify({ identity, sealedToken }));
        if (outcome.outcome === 'saved') current = { identity, token };
        return outcome;
      }),
  };
}

/**
 * A token that cannot be opened any more is no identity: the desk has to be enrolled again. A file that cannot be read
 * now is thrown, for to enrol again would set aside what is still to be sent.
 */
async function readKept(
  path: string,
  shell: Pick<Shell, 'unseal'>,
): Promise<{ identity: Identity; token: string } | null> {
  const read = await readJsonFile(path);
  if (read.outcome === 'unreadable') throw read.error;
  if (read.outcome !== 'read') return null;
  const kept = Kept.safeParse(read.value);
  if (!kept.success) return null;
  const token = await shell.unseal(Buffer.from(kept.data.sealedToken, 'base64'));
  return token === null ? null : { identity: kept.data.identity, token };
}
