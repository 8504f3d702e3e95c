import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLoss } from './disk-refusal.ts';
import { type RecordPlace, type Scan, scanRecords } from './journal-record.ts';

export type Repair = { code: 'torn-tail' | 'damaged-record' | 'damaged-file'; file: string; n: number };
export type Entry = RecordPlace & { file: string };
/** The newest file, to be written on from `goodBytes`; what lies beyond was never acknowledged. */
export type LastFile = { name: string; sizeBytes: number; goodBytes: number; lacksNewline: boolean };

export type JournalIndex = {
  files: string[];
  entries: Entry[];
  repairs: Repair[];
  last: LastFile | null;
  /** The highest number any record has or had. */
  lastN: number;
};

const FILE_NAME = /^(\d{12})\.log$/;
const MOST_REPAIRS_A_STRETCH = 1_000;

/** Files are named by the first number they may hold, so that an empty one still tells where to go on. */
export function journalFileName(firstN: number): string {
  return `${String(firstN).padStart(12, '0')}.log`;
}

/** Reads every file, changes none. Throws what the operating system says of a file it does not give. */
export async function readJournalIndex(folder: string): Promise<JournalIndex> {
  const files = (await readdir(folder)).filter((it) => FILE_NAME.test(it)).sort();
  const index: JournalIndex = { files, entries: [], repairs: [], last: null, lastN: 0 };
  for (const [at, name] of files.entries()) {
    const isLast = at === files.length - 1;
    const bytes = await readWhole(join(folder, name), isLast);
    const firstN = Number(FILE_NAME.exec(name)?.[1]);
    if (bytes === null) {
      index.repairs.push({ code: 'damaged-file', file: name, n: firstN });
      continue;
    }
    addFile(index, { name, firstN, bytes, isLast });
  }
  return index;
}

async function readWhole(path: string, isLast: boolean): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    // To go on after a newest file that cannot be read would give its numbers a second time.
    if (isLast || !isLoss(error)) throw error;
    return null;
  }
}

type File = { name: string; firstN: number; bytes: Buffer; isLast: boolean };

function addFile(index: JournalIndex, file: File): void {
  const scan = scanRecords(file.bytes);
  let before = index.lastN === 0 ? file.firstN - 1 : index.lastN;
  for (const [at, record] of scan.records.entries()) {
    const previous = index.entries.at(-1);
    // A number may be skipped on purpose, and then the chain goes on; a lost record breaks it.
    const isChained = previous?.hash === record.prev;
    if (!isChained && record.n > before + 1) {
      if (at === 0 && !hasDamage(scan, at)) addMissingFile(index, file.name, before + 1);
      else addLost(index, file.name, before + 1, record.n - 1);
    } else if (!isChained && previous?.n === record.n - 1) addLost(index, file.name, record.n, record.n);
    index.entries.push({ ...record, file: file.name });
    before = Math.max(before, record.n);
  }
  index.lastN = Math.max(before, file.firstN - 1);
  addEnd(index, file, scan);
}

function addMissingFile(index: JournalIndex, file: string, n: number): void {
  if (!index.repairs.some((it) => it.code === 'damaged-file')) {
    index.repairs.push({ code: 'damaged-file', file, n });
  }
}

function hasDamage(scan: Scan, before: number): boolean {
  return scan.damaged.some((it) => it.before === before);
}

function addLost(index: JournalIndex, file: string, from: number, to: number): void {
  for (let n = from; n <= Math.min(to, from + MOST_REPAIRS_A_STRETCH); n += 1) {
    index.repairs.push({ code: 'damaged-record', file, n });
  }
}

/** What follows the last intact record: lost records keep their numbers, a torn one gives its number back. */
function addEnd(index: JournalIndex, file: File, scan: Scan): void {
  const { name, bytes, isLast } = file;
  const end = scan.damaged.find((it) => it.before === scan.records.length);
  const neverWritten = isLast && end?.unwritten === true;
  if (end !== undefined && !neverWritten) {
    const count = Math.max(1, end.lines);
    addLost(index, name, index.lastN + 1, index.lastN + count);
    index.lastN += count;
  }
  const cutAt = neverWritten ? end.offset : scan.torn?.offset;
  if (cutAt !== undefined) {
    index.repairs.push({ code: isLast ? 'torn-tail' : 'damaged-record', file: name, n: index.lastN + 1 });
  }
  if (!isLast) return;
  const lastRecord = scan.records.at(-1);
  const lacksNewline =
    scan.lacksNewline && lastRecord !== undefined && cutAt === undefined && end === undefined;
  const goodBytes = lacksNewline ? lastRecord.offset + lastRecord.lengthBytes : (cutAt ?? bytes.length);
  index.last = { name, sizeBytes: bytes.length, goodBytes, lacksNewline };
}
