import { randomBytes } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DiskRefusal } from '#contract/station-contract';
import { toDiskRefusal } from './disk-refusal.ts';
import { flushFolder, readJsonFile, writeDurably } from './durable-file.ts';
import { KEYS_FILE } from './kept-keys.ts';

export const EraseReason = z.enum(['revoked', 'too-long-offline', 'retired']);
export type EraseReason = z.infer<typeof EraseReason>;
const Erased = z.object({ reason: EraseReason, at: z.int() });
export type Erased = z.infer<typeof Erased>;

const MARKER = 'erased.json';
/** What can be had again, and is of no use to anybody without a key. */
const COPIES = ['snapshots', 'browser-profile'];

type EraseOutcome = { outcome: 'erased' } | DiskRefusal;

/**
 * Takes from this computer the keys to all that it keeps. What it keeps stays as it is, sealed, and the authority can
 * still open it.
 *
 * The marker comes first: killed at any step, the next start ends it.
 */
export async function eraseStation(
  dataFolder: string,
  reason: EraseReason,
  at: number,
): Promise<EraseOutcome> {
  const written = await writeDurably(
    join(dataFolder, MARKER),
    JSON.stringify({ reason, at } satisfies Erased),
  );
  return written.outcome === 'saved' ? destroyKeys(dataFolder) : written;
}

/** Why and when this station was erased, `null` if it was not. Ends what a kill has left of it. */
export async function endErase(
  dataFolder: string,
  windowFolders: readonly string[],
): Promise<{ outcome: 'erased'; erased: Erased } | { outcome: 'not-erased' } | DiskRefusal> {
  const read = await readJsonFile(join(dataFolder, MARKER));
  if (read.outcome === 'unreadable') return toDiskRefusal(read.error);
  if (read.outcome === 'absent') return { outcome: 'not-erased' };
  const parsed = Erased.safeParse(read.outcome === 'read' ? read.value : null);
  // Not what we wrote; that there is one is what counts.
  const erased = parsed.data ?? { reason: 'revoked', at: 0 };
  const destroyed = await destroyKeys(dataFolder);
  if (destroyed.outcome !== 'erased') return destroyed;
  const folders = [...COPIES.map((it) => join(dataFolder, it)), ...windowFolders];
  // Without the keys they are noise: what stays is tried again at the next start.
  for (const it of folders) await rm(it, { recursive: true, force: true }).catch(() => undefined);
  return { outcome: 'erased', erased };
}

/** The authority has opened what is there: it is a station again. */
export async function forgetErase(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, MARKER), { force: true });
  await flushFolder(dataFolder);
}

/** Also what a kill left of a write of them. */
async function destroyKeys(dataFolder: string): Promise<EraseOutcome> {
  try {
    const names = (await readdir(dataFolder)).filter((it) => it.startsWith(KEYS_FILE));
    for (const it of names) await destroy(join(dataFolder, it));
    await flushFolder(dataFolder);
    return { outcome: 'erased' };
  } catch (error) {
    return toDiskRefusal(error);
  }
}

/** Other bytes in its place, and on the disk, before the name goes. */
async function destroy(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    await file.write(randomBytes(size), 0, size, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(path);
}

/** For whoever starts a station that was erased. */
export function toErasedText(dataFolder: string, { reason, at }: Erased): string {
  const day = at === 0 ? '' : ` on ${new Date(at).toISOString().slice(0, 10)}`;
  return (
    `This station was erased${day}: ${WHY[reason]}. What it keeps in ${dataFolder} is sealed, and this computer has no key to it. ` +
    `${NEXT[reason]} To set this computer up anew, use another folder: --data DIR`
  );
}

const WHY = {
  revoked: 'the centre does not admit it any more',
  'too-long-offline': 'it had not reached the centre for longer than is allowed',
  retired: 'it was retired, after all that it had was sent',
} as const;
const RECOVER =
  'Nothing that was not sent is lost: the authority opens it with its recovery key, --recover PRIVATEKEYFILE.';
const NEXT = { revoked: RECOVER, 'too-long-offline': RECOVER, retired: 'Nothing was left to send.' } as const;
