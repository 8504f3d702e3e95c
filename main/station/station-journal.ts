import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { toDiskRefusal } from './disk-refusal.ts';
import { flushFolder } from './durable-file.ts';
import { type Journal, openJournal } from './journal.ts';
import type { Sealer } from './sealer.ts';

export type StationJournal = Omit<Journal, 'close'> & {
  /**
   * For a desk with another name: its events have numbers of their own, and those of the one before are not its to
   * send. What was kept is set aside whole, beside the new journal; answers its folder, `null` when it was empty.
   */
  beginAnew(): Promise<{ outcome: 'begun'; setAside: string | null } | DiskRefusal>;
  close(): Promise<void>;
};

/** The journal of this computer's desk, in the data folder. */
export async function openStationJournal(
  dataFolder: string,
  sealer: Sealer,
  now: () => number,
): Promise<{ outcome: 'open'; journal: StationJournal } | DiskRefusal> {
  const folder = join(dataFolder, 'journal');
  const opened = await openJournal({ folder, sealer, now });
  if (opened.outcome !== 'open') return opened;
  let current = opened.journal;

  async function beginAnew(): ReturnType<StationJournal['beginAnew']> {
    if ((await current.state()).last === 0) return { outcome: 'begun', setAside: null };
    const setAside = `journal-before-${new Date(now()).toISOString().replaceAll(/[:.]/g, '-')}`;
    await current.close();
    const refusal = await moveAside(dataFolder, setAside);
    // Also where it could not be moved: it was closed, and is needed.
    const again = await openJournal({ folder, sealer, now });
    if (again.outcome !== 'open') return again;
    current = again.journal;
    return refusal ?? { outcome: 'begun', setAside };
  }

  const journal: StationJournal = {
    append: (payload) => current.append(payload),
    read: (from, maxBytes) => current.read(from, maxBytes),
    acknowledge: (upTo) => current.acknowledge(upTo),
    goOnAfter: (n) => current.goOnAfter(n),
    state: () => current.state(),
    close: () => current.close(),
    beginAnew,
  };
  return { outcome: 'open', journal };
}

async function moveAside(dataFolder: string, name: string): Promise<DiskRefusal | null> {
  try {
    await rename(join(dataFolder, 'journal'), join(dataFolder, name));
    await flushFolder(dataFolder);
    return null;
  } catch (error) {
    return toDiskRefusal(error);
  }
}
