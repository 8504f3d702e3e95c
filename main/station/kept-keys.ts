import { join } from 'node:path';
import { z } from 'zod';
import { RecoveryKey } from '#protocol/recovery-key';
import { readJsonFile, type WriteOutcome, writeDurably } from './durable-file.ts';
import {
  nameRecoveryKey,
  type RecoverySecret,
  unwrapByRecovery,
  wrapForRecovery,
  wrappedFor,
} from './recovery-key.ts';
import { createSealer, type DataKey } from './sealer.ts';
import type { Shell } from './shell.ts';

export type TimedKey = DataKey & { madeAt: number };
/** All that opens what the station keeps. */
export type KeySet = {
  /** The first is the one that seals. */
  data: readonly [TimedKey, ...TimedKey[]];
  /** Of the secrets by which the centre knows this computer; it lives as long as they. */
  device: TimedKey;
  recovery: RecoveryKey | null;
};

type Seal = Pick<Shell, 'seal' | 'unseal'>;

const Id = z.string().regex(/^[0-9a-f]{8}$/);
const Kept = z.object({ id: Id, sealed: z.base64(), madeAt: z.int().default(0) });
const KeyFile = z.object({
  keys: z.array(Kept).min(1),
  device: Kept.optional(),
  /** Sealed by the first key: who can write on the disk does not choose whom the next one is wrapped for. */
  recovery: z.base64().optional(),
});
const Wrapped = z.object({ id: Id, wrapped: z.string() });
const RecoveryFile = z.object({ keys: z.array(Wrapped).min(1), device: Wrapped });
const Secret = z.object({ id: Id, madeAt: z.int(), key: z.base64() });

export const KEYS_FILE = 'keys.json';
const RECOVERY_FILE = 'recovery.json';

export type ReadKeys =
  | { outcome: 'read'; keys: Omit<KeySet, 'device'> & { device: TimedKey | null } }
  | { outcome: 'absent' }
  /** Sealed by another, or damaged. */
  | { outcome: 'locked' };

export async function readKeys(folder: string, shell: Seal): Promise<ReadKeys> {
  const read = await readJsonFile(join(folder, KEYS_FILE));
  if (read.outcome === 'unreadable') throw read.error;
  if (read.outcome === 'absent') return { outcome: 'absent' };
  const kept = KeyFile.safeParse(read.outcome === 'read' ? read.value : null);
  if (!kept.success) return { outcome: 'locked' };
  const data: TimedKey[] = [];
  for (const it of kept.data.keys) {
    const key = await unseal(it, shell);
    if (key === null) return { outcome: 'locked' };
    data.push(key);
  }
  const keys = data as [TimedKey, ...TimedKey[]];
  const { device, recovery } = kept.data;
  const deviceKey = device === undefined ? null : await unseal(device, shell);
  if (device !== undefined && deviceKey === null) return { outcome: 'locked' };
  return { outcome: 'read', keys: { data: keys, device: deviceKey, recovery: openRecovery(keys, recovery) } };
}

/**
 * For the authority first: no key seals anything before it can be recovered. Between the two writes nothing is sealed by
 * a key that only one of the files has.
 */
export async function writeKeys(folder: string, shell: Seal, keys: KeySet): Promise<WriteOutcome> {
  const wrapped = await writeRecovery(folder, keys);
  if (wrapped.outcome !== 'saved') return wrapped;
  return writeDurably(join(folder, KEYS_FILE), JSON.stringify(await toKeyFile(shell, keys)));
}

/** Whether the authority could open what there is now; there may have been a kill between two writes. */
export async function isWrapped(folder: string, { data, device, recovery }: KeySet): Promise<boolean> {
  if (recovery === null) return true;
  const file = await readRecoveryFile(folder);
  if (file === null) return false;
  const name = await nameRecoveryKey(recovery);
  const there = [...file.keys, file.device].filter((it) => wrappedFor(it.wrapped) === name);
  return [...data, device].every(({ id }) => there.some((it) => it.id === id));
}

export type RecoveredKeys =
  | { outcome: 'recovered'; keys: KeySet }
  /** Nothing was wrapped for anybody, or the file is damaged. */
  | { outcome: 'nothing-wrapped' }
  /** It was wrapped for another key than this. */
  | { outcome: 'other-key' };

export async function unwrapKeys(folder: string, by: RecoverySecret): Promise<RecoveredKeys> {
  const file = await readRecoveryFile(folder);
  if (file === null) return { outcome: 'nothing-wrapped' };
  const data: TimedKey[] = [];
  for (const it of file.keys) {
    const key = await unwrap(it, by);
    if (key === null) return { outcome: 'other-key' };
    data.push(key);
  }
  const device = await unwrap(file.device, by);
  if (device === null) return { outcome: 'other-key' };
  return {
    outcome: 'recovered',
    keys: { data: data as [TimedKey, ...TimedKey[]], device, recovery: by.key },
  };
}

async function readRecoveryFile(folder: string): Promise<z.infer<typeof RecoveryFile> | null> {
  const read = await readJsonFile(join(folder, RECOVERY_FILE));
  if (read.outcome === 'unreadable') throw read.error;
  return RecoveryFile.safeParse(read.outcome === 'read' ? read.value : null).data ?? null;
}

async function writeRecovery(folder: string, { data, device, recovery }: KeySet): Promise<WriteOutcome> {
  if (recovery === null) return { outcome: 'saved' };
  const wrap = async (it: TimedKey) => ({
    id: it.id,
    wrapped: await wrapForRecovery(recovery, JSON.stringify({ ...it, key: toText(it.key) })),
  });
  const file = { keys: await Promise.all(data.map(wrap)), device: await wrap(device) };
  return writeDurably(join(folder, RECOVERY_FILE), JSON.stringify(file));
}

async function toKeyFile(shell: Seal, { data, device, recovery }: KeySet): Promise<object> {
  const kept: object[] = [];
  for (const it of data) kept.push(await seal(it, shell));
  const sealed =
    recovery === null ? null : recoverySealer(data).seal(Buffer.from(JSON.stringify(recovery)), '');
  return {
    keys: kept,
    device: await seal(device, shell),
    ...(sealed === null ? {} : { recovery: sealed.toString('base64') }),
  };
}

function openRecovery(data: KeySet['data'], sealed: string | undefined): RecoveryKey | null {
  if (sealed === undefined) return null;
  const text = recoverySealer(data).open(Buffer.from(sealed, 'base64'), '')?.toString('utf8');
  return text === undefined ? null : RecoveryKey.parse(JSON.parse(text));
}

function recoverySealer(data: KeySet['data']) {
  return createSealer(data, 'recovery');
}

async function seal({ id, key, madeAt }: TimedKey, shell: Seal) {
  return { id, madeAt, sealed: toText(await shell.seal(toText(key))) };
}

async function unseal({ id, sealed, madeAt }: z.infer<typeof Kept>, shell: Seal): Promise<TimedKey | null> {
  const key = await shell.unseal(Buffer.from(sealed, 'base64'));
  return key === null ? null : { id, madeAt, key: Buffer.from(key, 'base64') };
}

async function unwrap({ wrapped }: z.infer<typeof Wrapped>, by: RecoverySecret): Promise<TimedKey | null> {
  const text = await unwrapByRecovery(by, wrapped);
  if (text === null) return null;
  const { key, ...rest } = Secret.parse(JSON.parse(text));
  return { ...rest, key: Buffer.from(key, 'base64') };
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
