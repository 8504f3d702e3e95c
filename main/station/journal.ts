import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { toDiskRefusal } from './disk-refusal.ts';
import { createQueue, flushFolder, readJsonFile, writeDurably } from './durable-file.ts';
import {
  continueFile,
  createOrReuseEmpty,
  createReader,
  cutRest,
  type OpenFile,
  writeAll,
} from './journal-file.ts';
import { type Entry, journalFileName, type Repair, readJournalIndex } from './journal-index.ts';
import { encodeRecord, NO_RECORD } from './journal-record.ts';
import { sealPayload } from './journal-seal.ts';
import type { Sealer } from './sealer.ts';

export const ROTATE_BYTES = 4 * 1024 * 1024;
export const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const MOST_BYTES_AT_ONCE = 1024 * 1024;
const STATE_FILE = 'state.json';

export type AppendOutcome = { outcome: 'saved'; n: number } | DiskRefusal;
export type JournalState = {
  first: number;
  last: number;
  acknowledged: number;
  unsentBytes: number;
  freeDiskBytes: number | null;
  repairs: Repair[];
};

/**
 * Append-only, numbered, chained and sealed; it does not know what it keeps.
 *
 * An append is answered when it is on the disk. A number that was answered is never given again, and a
 * record that was answered is never overwritten or cut.
 */
export interface Journal {
  append(payload: string): Promise<AppendOutcome>;
  /** Rejects with what the operating system says of a file it does not give: nothing is lost, ask again. */
  read(from: number, maxBytes: number): Promise<{ n: number; payload: string }[]>;
  acknowledge(upTo: number): Promise<void>;
  /** Numbers up to there were given in another life of this folder; records under them stay to be sent. */
  goOnAfter(n: number): Promise<void>;
  state(): Promise<JournalState>;
  close(): Promise<void>;
}

export type JournalOptions = { folder: string; sealer: Sealer; now: () => number; rotateBytes?: number };
type Waiting = { payload: string; answer(outcome: AppendOutcome): void };

export async function openJournal(
  options: JournalOptions,
): Promise<{ outcome: 'open'; journal: Journal } | DiskRefusal> {
  try {
    return { outcome: 'open', journal: await createJournal(options) };
  } catch (error) {
    return toDiskRefusal(error);
  }
}

async function createJournal({
  folder,
  sealer,
  now,
  rotateBytes = ROTATE_BYTES,
}: JournalOptions): Promise<Journal> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const index = await readJournalIndex(folder);
  // Who made the newest file may have been killed before its name was on the disk.
  await flushFolder(folder);
  const { repairs } = index;
  let { entries, files } = index;
  const kept = await readState(join(folder, STATE_FILE));
  if (kept === null) repairs.push({ code: 'damaged-file', file: STATE_FILE, n: 0 });

  let acknowledged = kept?.acknowledged ?? 0;
  let lastN = Math.max(index.lastN, kept?.last ?? 0, acknowledged);
  const lastIntact = entries.at(-1);
  // After a lost record the chain starts anew, so that the next start sees the loss again.
  let lastHash = lastIntact?.n === index.lastN ? lastIntact.hash : NO_RECORD;
  let current = index.last === null ? null : await continueFile(folder, index.last);
  let waiting: Waiting[] = [];
  let isWriting = false;
  const inOrder = createQueue();

  async function fileForNext(): Promise<OpenFile> {
    if (current !== null && current.sizeBytes < rotateBytes) return current;
    const name = journalFileName(lastN + 1);
    const handle = await createOrReuseEmpty(join(folder, name));
    await flushFolder(folder);
    await current?.handle.close();
    current = { name, handle, sizeBytes: 0, hasRest: false, lacksNewline: false };
    files = [...files.filter((it) => it !== name), name];
    return current;
  }

  /** All of them or none: after a failure the file ends where it ended before. */
  async function write(batch: Waiting[]): Promise<void> {
    let file: OpenFile | null = null;
    try {
      file = await fileForNext();
      await cutRest(file);
      const added: Entry[] = [];
      const lines: Buffer[] = file.lacksNewline ? [Buffer.from('\n')] : [];
      let offset = file.sizeBytes + lines.length;
      let prev = lastHash;
      for (const { payload } of batch) {
        const n = lastN + added.length + 1;
        const { line, hash } = encodeRecord(n, prev, sealPayload(sealer, { n, prev }, payload));
        added.push({ n, prev, hash, offset, lengthBytes: line.length - 1, file: file.name });
        lines.push(line);
        offset += line.length;
        prev = hash;
      }
      file.hasRest = true;
      await writeAll(file.handle, Buffer.concat(lines), file.sizeBytes);
      await file.handle.datasync();
      file.hasRest = false;
      file.lacksNewline = false;
      file.sizeBytes = offset;
      lastHash = prev;
      lastN += added.length;
      entries.push(...added);
      for (const [at, it] of batch.entries()) it.answer({ outcome: 'saved', n: added[at]?.n as number });
    } catch (error) {
      const refusal = toDiskRefusal(error);
      if (file !== null) await cutRest(file).catch(() => undefined);
      // One that is too long for what is left must not take the shorter ones with it.
      if (batch.length === 1) batch[0]?.answer(refusal);
      else for (const it of batch) await write([it]);
    }
  }

  async function writeWaiting(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    try {
      while (waiting.length > 0) {
        const batch = takeBatch(waiting);
        waiting = waiting.slice(batch.length);
        await inOrder(() => write(batch));
      }
    } finally {
      isWriting = false;
    }
  }

  async function prune(): Promise<void> {
    // The newest file always stays: it knows the number to go on from.
    for (const [at, name] of files.slice(0, -1).entries()) {
      const nextFirst = Number.parseInt(files[at + 1] ?? '', 10);
      const path = join(folder, name);
      if (nextFirst - 1 > acknowledged || now() - (await stat(path)).mtimeMs < KEEP_MS) return;
      await rm(path);
      files = files.filter((it) => it !== name);
      entries = entries.filter((it) => it.file !== name);
      return prune();
    }
  }
  await prune().catch(() => undefined);

  /** Not saved, on a full disk, it is only told again after the next start. */
  async function writeState(): Promise<void> {
    await writeDurably(join(folder, STATE_FILE), JSON.stringify({ acknowledged, last: lastN }));
  }

  return {
    append: (payload) =>
      new Promise((resolve, reject) => {
        waiting.push({ payload, answer: resolve });
        writeWaiting().catch(reject);
      }),

    async read(from, maxBytes) {
      const records: { n: number; payload: string }[] = [];
      const reader = createReader(folder, sealer);
      let bytes = 0;
      try {
        for (const entry of entries.filter((it) => it.n >= from)) {
          if (records.length > 0 && bytes >= maxBytes) break;
          const payload = await reader.read(entry);
          if (payload === null) {
            repairs.push({ code: 'damaged-record', file: entry.file, n: entry.n });
            entries = entries.filter((it) => it !== entry);
            continue;
          }
          records.push({ n: entry.n, payload });
          bytes += entry.lengthBytes;
        }
      } finally {
        await reader.close();
      }
      return records;
    },

    acknowledge: (upTo) =>
      inOrder(async () => {
        if (upTo === acknowledged) return;
        acknowledged = upTo;
        // A centre that has more than we do knew an earlier life of this folder: its numbers are used up.
        lastN = Math.max(lastN, upTo);
        await writeState();
        await prune().catch(() => undefined);
      }),

    goOnAfter: (n) =>
      inOrder(async () => {
        if (n <= lastN) return;
        lastN = n;
        await writeState();
      }),

    async state() {
      const disk = await statfs(folder).catch(() => null);
      const unsent = entries.filter((it) => it.n > acknowledged);
      return {
        first: entries[0]?.n ?? 0,
        last: lastN,
        acknowledged,
        unsentBytes: unsent.reduce((sum, it) => sum + it.lengthBytes, 0),
        freeDiskBytes: disk === null ? null : disk.bavail * disk.bsize,
        repairs: [...repairs],
      };
    },

    close: () => inOrder(async () => current?.handle.close()),
  };
}

function takeBatch(waiting: readonly Waiting[]): Waiting[] {
  const batch: Waiting[] = [];
  let bytes = 0;
  for (const it of waiting) {
    bytes += it.payload.length;
    if (batch.length > 0 && bytes > MOST_BYTES_AT_ONCE) break;
    batch.push(it);
  }
  return batch;
}

async function readState(path: string): Promise<{ acknowledged: number; last: number } | null> {
  const read = await readJsonFile(path);
  if (read.outcome === 'absent') return { acknowledged: 0, last: 0 };
  if (read.outcome === 'unreadable') throw read.error;
  const value =
    read.outcome === 'read' ? (read.value as { acknowledged?: unknown; last?: unknown } | null) : null;
  if (!Number.isInteger(value?.acknowledged) || !Number.isInteger(value?.last)) return null;
  return value as { acknowledged: number; last: number };
}
