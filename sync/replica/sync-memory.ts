import type { LocalValues } from './local-values.ts';

/** What sync itself must remember; lost with the replica, it is found out again. */
export type SyncMemory = {
  epoch: string | null;
  /** Of the centre as the station's files know it. */
  filesEpoch: string | null;
  /** Highest own number that the centre has confirmed. */
  confirmedN: number;
  /** Highest own number in the centre's stream as we hold it. */
  ownN: number;
  /** Cursor of `events` when `cases` was last read to its head: earlier events are in our copies. */
  settledSeq: number;
  /** Up to this number the centre may have other events than our journal; 0 while nothing speaks for it. */
  displacedN: number;
  /** The last hybrid time that was given here or seen, as of the last own event in the stream. */
  hlc: string;
  /** Largest body that the centre takes. */
  maxBodyBytes: number;
  lastContactAt: number | null;
  lastFullSyncAt: number | null;
  clockDriftMs: number | null;
  appVersion: string;
};

const EMPTY_MEMORY: SyncMemory = {
  epoch: null,
  filesEpoch: null,
  confirmedN: 0,
  ownN: 0,
  settledSeq: 0,
  displacedN: 0,
  hlc: '',
  maxBodyBytes: 262_144,
  lastContactAt: null,
  lastFullSyncAt: null,
  clockDriftMs: null,
  appVersion: '',
};

export type MemoryCell = {
  now(): SyncMemory;
  /** Holds at once; written when it differs from what is on the disk. Never rejects. */
  change(change: Partial<SyncMemory>): Promise<void>;
};

export async function openMemory(local: LocalValues): Promise<MemoryCell> {
  let memory: SyncMemory = { ...EMPTY_MEMORY, ...((await local.read('sync')) as Partial<SyncMemory>) };
  let written: string | null = JSON.stringify(memory);
  return {
    now: () => memory,
    async change(change) {
      memory = { ...memory, ...change };
      const text = JSON.stringify(memory);
      if (text === written) return;
      written = text;
      try {
        await local.write('sync', memory);
      } catch {
        // Sending must not stop for it. The next change writes all of it again.
        if (written === text) written = null;
      }
    },
  };
}
