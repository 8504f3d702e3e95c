import { readFile } from 'node:fs/promises';
import type { DiskRefusal } from '#contract/station-contract';
import type { RecoveryKey } from '#protocol/recovery-key';
import { openDataKeys, recoverDataKeys } from './data-keys.ts';
import { errorCodeOf, toDiskRefusal } from './disk-refusal.ts';
import { endErase, forgetErase, toErasedText } from './erase-station.ts';
import { readRecoveryKey, readRecoverySecret } from './recovery-key.ts';
import type { Shell } from './shell.ts';

/** Of both shells' command lines, as `parseArgs` wants them. */
export const KEY_OPTIONS = {
  'recovery-key': { type: 'string' },
  recover: { type: 'string' },
  'rotate-key': { type: 'boolean' },
} as const;

/** Paths of files; and what is to be done instead of a start. */
export type GivenKeys = { recoveryKey: string | null; recover: string | null; rotateKey: boolean };

export const KEY_USAGE = `  --recovery-key FILE  wrap the keys of this station for the authority too: its public key, JWK or PEM
  --recover FILE  give this user of this computer the keys to DIR, by the authority's private key; opens no window
  --rotate-key    seal by a new key from now on; opens no window`;

const EXIT = { done: 0, usage: 2, disk: 4, locked: 8, erased: 9 } as const;
type Done = { code: number; text: string };
type Seal = Pick<Shell, 'seal' | 'unseal'>;

export function toGivenKeys(values: Record<string, unknown>): GivenKeys {
  const path = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
  return {
    recoveryKey: path('recovery-key'),
    recover: path('recover'),
    rotateKey: values['rotate-key'] === true,
  };
}

/** `null` where none was given; a sentence where it is none. */
export async function readGivenRecoveryKey({
  recoveryKey: path,
}: GivenKeys): Promise<{ outcome: 'key'; key: RecoveryKey | null } | { outcome: 'unclear'; reason: string }> {
  if (path === null) return { outcome: 'key', key: null };
  const text = await readText(path);
  if (text === null) return { outcome: 'unclear', reason: `the file ${path} cannot be read` };
  const read = readRecoveryKey(text);
  if (read.outcome === 'key') return read;
  const reason =
    read.outcome === 'private-key'
      ? `${path} is the private half of a recovery key: it must not lie on a desk. Take the public one`
      : `${path} is no public key: P-256 or X25519, as JWK or PEM`;
  return { outcome: 'unclear', reason };
}

/** What IT asks for instead of a start; `null`: nothing. The folder is locked by whoever calls. */
export async function runKeyCommand(dataFolder: string, shell: Seal, given: GivenKeys): Promise<Done | null> {
  try {
    if (given.recover !== null) return await recover(dataFolder, shell, given.recover);
    return given.rotateKey ? await rotate(dataFolder, shell) : null;
  } catch (error) {
    return toDone(toDiskRefusal(error));
  }
}

async function recover(dataFolder: string, shell: Seal, path: string): Promise<Done> {
  const text = await readText(path);
  const secret = text === null ? null : readRecoverySecret(text);
  if (secret === null) {
    return {
      code: EXIT.usage,
      text: `${path} ${text === null ? 'cannot be read' : 'is no private key of an authority: P-256 or X25519, as JWK or PEM'}.`,
    };
  }
  // An erase that was begun would end, and take away what is made here.
  const recovered = await recoverDataKeys(dataFolder, shell, secret, () => forgetErase(dataFolder));
  switch (recovered.outcome) {
    case 'recovered':
      return {
        code: EXIT.done,
        text: `The data in ${dataFolder} is open to this user of this computer again. Start Darcha on it: what was not sent is sent.`,
      };
    case 'nothing-wrapped':
      return {
        code: EXIT.locked,
        text: `Nothing in ${dataFolder} was wrapped for a recovery key, or its recovery.json is damaged. Nothing was changed.`,
      };
    case 'other-key':
      return {
        code: EXIT.locked,
        text: `The data in ${dataFolder} was wrapped for another recovery key than ${path}. Nothing was changed.`,
      };
    default:
      return toDone(recovered);
  }
}

async function rotate(dataFolder: string, shell: Seal): Promise<Done> {
  const erased = await endErase(dataFolder, []);
  if (erased.outcome === 'erased') {
    return { code: EXIT.erased, text: toErasedText(dataFolder, erased.erased) };
  }
  if (erased.outcome !== 'not-erased') return toDone(erased);
  const opened = await openDataKeys(dataFolder, shell, { isNew: false });
  if (opened.outcome === 'locked') {
    return { code: EXIT.locked, text: `There is no key to ${dataFolder} here. Nothing was changed.` };
  }
  if (opened.outcome !== 'open') return toDone(opened);
  const written = await opened.keys.rotate();
  if (written.outcome !== 'saved') return toDone(written);
  return {
    code: EXIT.done,
    text: `From now on the data in ${dataFolder} is sealed by a new key. The older one goes when nothing is sealed by it.`,
  };
}

function toDone(refusal: DiskRefusal): Done {
  const why = refusal.outcome === 'disk-full' ? 'the disk is full' : refusal.code;
  return { code: EXIT.disk, text: `The keys could not be written (${why}). Nothing was changed.` };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === null) throw error;
    return null;
  }
}
