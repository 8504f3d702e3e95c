import { randomBytes } from 'node:crypto';
import type { DiskRefusal } from '#contract/station-contract';
import type { RecoveryKey } from '#protocol/recovery-key';
import { createQueue, type WriteOutcome } from './durable-file.ts';
import { isWrapped, type KeySet, readKeys, type TimedKey, unwrapKeys, writeKeys } from './kept-keys.ts';
import { nameRecoveryKey, type RecoverySecret } from './recovery-key.ts';
import { createSealer, deriveKey, type Sealer } from './sealer.ts';
import type { Shell } from './shell.ts';

type Seal = Pick<Shell, 'seal' | 'unseal'>;

export type DataKeys = {
  /** Seals by the newest key, also by one that was made since. */
  sealer(purpose: string): Sealer;
  /** 32 bytes for the window, with the name of the key they come from. */
  windowKey(): { id: string; key: Uint8Array };
  /** For the secrets of this computer: gone when the keys are gone, and back when the authority recovers them. */
  device: Seal;
  /** The newest first. */
  all(): { id: string; madeAt: number }[];
  /** From now on all is sealed by a new key; what there is opens as before. */
  rotate(): Promise<WriteOutcome>;
  /** Forgets the older keys that nothing is sealed by. */
  dropOlder(used: ReadonlySet<string>): Promise<WriteOutcome>;
  /** Wraps the keys for the authority as well, from now on. */
  setRecoveryKey(key: RecoveryKey): Promise<WriteOutcome>;
  /** Whether the authority could open what is here. */
  isRecoverable(): boolean;
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
  shell: Seal,
  { isNew, now = Date.now }: { isNew: boolean; now?: () => number },
): Promise<DataKeysOutcome> {
  const read = await readKeys(folder, shell);
  if (read.outcome === 'locked' || (read.outcome === 'absent' && !isNew)) return { outcome: 'locked' };
  const kept =
    read.outcome === 'read' ? read.keys : { data: [makeKey(now())] as const, device: null, recovery: null };
  const keys: KeySet = { ...kept, device: kept.device ?? makeKey(now()) };
  // A folder of an older program has none for the device's secrets; a kill may have come between two files.
  const isWhole = kept.device !== null && (await isWrapped(folder, keys));
  if (!isWhole) {
    const written = await writeKeys(folder, shell, keys);
    if (written.outcome !== 'saved') return written;
  }
  return { outcome: 'open', keys: createDataKeys({ folder, shell, now }, keys) };
}

export type RecoverOutcome =
  | { outcome: 'recovered'; keys: number }
  | { outcome: 'nothing-wrapped' | 'other-key' }
  | DiskRefusal;

/** Seals the keys anew, for this user of this computer, by the authority's private key; `before`: once it fits. */
export async function recoverDataKeys(
  folder: string,
  shell: Seal,
  by: RecoverySecret,
  before: () => Promise<void>,
): Promise<RecoverOutcome> {
  const found = await unwrapKeys(folder, by);
  if (found.outcome !== 'recovered') return found;
  await before();
  const written = await writeKeys(folder, shell, found.keys);
  return written.outcome === 'saved' ? { outcome: 'recovered', keys: found.keys.data.length } : written;
}

function createDataKeys(
  { folder, shell, now }: { folder: string; shell: Seal; now(): number },
  first: KeySet,
): DataKeys {
  const inOrder = createQueue();
  let keys = first;

  /** What is in memory follows the disk. */
  const change = (next: (keys: KeySet) => KeySet): Promise<WriteOutcome> =>
    inOrder(async () => {
      const changed = next(keys);
      const written = await writeKeys(folder, shell, changed);
      if (written.outcome === 'saved') keys = changed;
      return written;
    });

  return {
    sealer: (purpose) => createLiveSealer(() => keys.data, purpose),
    windowKey: () => ({ id: keys.data[0].id, key: deriveKey(keys.data[0].key, 'window') }),
    device: {
      seal: async (secret) => createSealer([keys.device], 'device').seal(Buffer.from(secret, 'utf8'), ''),
      // What an older program kept was sealed by the shell.
      unseal: async (sealed) =>
        createSealer([keys.device], 'device').open(sealed, '')?.toString('utf8') ?? shell.unseal(sealed),
    },
    all: () => keys.data.map(({ id, madeAt }) => ({ id, madeAt })),
    rotate: () => change((it) => ({ ...it, data: [makeKey(now()), ...it.data] })),
    async dropOlder(used) {
      const [, ...older] = keys.data;
      if (older.every(({ id }) => used.has(id))) return { outcome: 'saved' };
      return change((it) => ({
        ...it,
        data: [it.data[0], ...it.data.slice(1).filter(({ id }) => used.has(id))],
      }));
    },
    isRecoverable: () => keys.recovery !== null,
    async setRecoveryKey(key) {
      const before = keys.recovery === null ? null : await nameRecoveryKey(keys.recovery);
      if (before === (await nameRecoveryKey(key))) return { outcome: 'saved' };
      return change((it) => ({ ...it, recovery: key }));
    },
  };
}

/** Made anew when the keys have changed. */
function createLiveSealer(keys: () => KeySet['data'], purpose: string): Sealer {
  let of = keys();
  let made = createSealer(of, purpose);
  const current = (): Sealer => {
    if (of !== keys()) {
      of = keys();
      made = createSealer(of, purpose);
    }
    return made;
  };
  return {
    seal: (bytes, place) => current().seal(bytes, place),
    open: (sealed, place) => current().open(sealed, place),
    isOlder: (sealed) => current().isOlder(sealed),
  };
}

function makeKey(madeAt: number): TimedKey {
  return { id: randomBytes(4).toString('hex'), madeAt, key: randomBytes(32) };
}
